import { Injectable } from '@nestjs/common';
import { Log, Metrics } from '@open-cpo/platform';
import { ChargersConfig } from '../config';

/** Milliseconds for the connection and the response. */
const TIMEOUT_MS = 3000;
/** Questions under way in this process: a slow partner holds up no more chargers than this. */
const MAX_OPEN = 64;
/** Bytes of a response that are read. */
const MAX_BYTES = 4096;

export const PARTNER_ANSWERS = ['Accepted', 'Blocked', 'Expired', 'Invalid'] as const;
/** What a card may do, in the words of OCPP. */
export type PartnerAnswer = (typeof PARTNER_ANSWERS)[number];

/** A card that was shown at a charger. */
export interface CardQuestion {
  readonly card: string;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly identity: string;
  /** An instant. */
  readonly at: string;
}

/** Asks the partner of the installation, by HTTPS, whether a card may start a session. */
@Injectable()
export class Partner {
  private readonly counter;
  private open = 0;

  constructor(
    private readonly config: ChargersConfig,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    const help = 'Cards that the partner was asked about, by its answer.';
    this.counter = metrics.counter('open_cpo_charger_partner_answers_total', help, ['answer']);
  }

  /** Nothing where it could not be asked, or its response says nothing. */
  async ask(question: CardQuestion): Promise<PartnerAnswer | undefined> {
    const { chargersPartnerUrl: url } = this.config;
    if (!url || this.open >= MAX_OPEN) return this.counted(undefined);
    this.open += 1;
    try {
      return this.counted(await this.answerOf(url, question));
    } catch (error) {
      this.log.warn('The partner could not be asked about a card', { error });
      return this.counted(undefined);
    } finally {
      this.open -= 1;
    }
  }

  private async answerOf(url: string, question: CardQuestion): Promise<PartnerAnswer | undefined> {
    const { chargersPartnerToken: token } = this.config;
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(question),
      // It knows cards, and the token is for it alone.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await beginOf(response);
    if (!response.ok) throw new Error(`The partner answered ${response.status}.`);
    const { status } = (JSON.parse(text) ?? {}) as { readonly status?: unknown };
    return PARTNER_ANSWERS.find((one) => one === status);
  }

  private counted(answer: PartnerAnswer | undefined): PartnerAnswer | undefined {
    this.counter.inc({ answer: answer ?? 'none' });
    return answer;
  }
}

/** A response that is longer is cut, and then says nothing. */
async function beginOf({ body }: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    parts.push(part);
    bytes += part.byteLength;
    if (bytes > MAX_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, MAX_BYTES).toString();
}
