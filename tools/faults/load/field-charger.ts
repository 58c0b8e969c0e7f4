import { setTimeout as pause } from 'node:timers/promises';
import { CallRefused, SimulatedCharger } from '@open-cpo/testing';
import type { Journal } from '../journal/journal';

/** What a charger is configured with; it tries one address after the other. */
export interface FieldChargerOptions {
  readonly id: number;
  readonly identity: string;
  readonly password: string;
  readonly urls: readonly string[];
}

/** Of each session, so that all of a charger have one price. */
export const SESSION_WH = 5000;
export const SESSION_MINUTES = 29;
/** A card of the demo's first worker. */
const CARD = '04A1B2C3';
const MINUTE_MS = 60_000;
/** Milliseconds that a charger waits for an answer, and before it tries again. */
const ANSWER_MS = 4000;
const RETRY_MS = 250;
/** Between two steps of a session, and two sessions. */
const STEP_MS = 150;

type Json = Record<string, unknown>;

/** A charger as firmware behaves: what is not answered is sent again, under a new id; what is answered is forgotten. */
export class FieldCharger {
  private socket?: SimulatedCharger;
  private url = 0;
  /** Which of the addresses it has connected to last. */
  replica = 0;
  private register = 0;
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  /** The transaction that is under way. */
  transaction?: number;
  /** What is sent and not answered. */
  unanswered?: string;
  /** Sends no end of a session while it is set. */
  heldEnd?: Promise<unknown>;
  waitsForEnd = false;
  /** Ids of its transactions, from the answers. */
  readonly begun = new Set<number>();
  /** What a server must never do. */
  readonly problems: string[] = [];

  constructor(
    readonly options: FieldChargerOptions,
    private readonly journal: Journal,
  ) {}

  /** Sessions without end, until it is stopped; then the one under way ends, unless it is over. */
  flow(over: () => boolean): { stop: () => Promise<void> } {
    this.running = true;
    this.loop = this.run(over);
    return {
      stop: async () => {
        this.running = false;
        await this.loop;
      },
    };
  }

  close(): void {
    this.socket?.terminate();
  }

  private async run(over: () => boolean): Promise<void> {
    while (this.running && !over()) {
      await this.session(over);
      await pause(STEP_MS);
    }
  }

  private async session(over: () => boolean): Promise<void> {
    const end = Date.now() - MINUTE_MS;
    const begin = end - SESSION_MINUTES * MINUTE_MS;
    const at = (ms: number): string => new Date(ms).toISOString();
    const from = this.register;
    const started = { connectorId: 1, idTag: CARD, meterStart: from, timestamp: at(begin) };
    const answer = await this.deliver('StartTransaction', started, over);
    if (!answer) return;
    this.register = from + SESSION_WH;
    const transactionId = Number(answer.transactionId);
    this.transaction = transactionId;
    this.begun.add(transactionId);
    const entry = this.journal.begin('session', `ocpp.${this.options.id}.${transactionId}`);
    entry.tries = 1;
    for (const part of [0.25, 0.75]) {
      await pause(STEP_MS);
      const sampledValue = [{ value: String(from + part * SESSION_WH), unit: 'Wh' }];
      const timestamp = at(begin + part * SESSION_MINUTES * MINUTE_MS);
      await this.deliver(
        'MeterValues',
        { connectorId: 1, transactionId, meterValue: [{ timestamp, sampledValue }] },
        over,
      );
    }
    this.waitsForEnd = true;
    await this.heldEnd;
    this.waitsForEnd = false;
    const stopped = { transactionId, meterStop: from + SESSION_WH, timestamp: at(end), reason: 'Local' };
    entry.acknowledged = (await this.deliver('StopTransaction', stopped, over)) !== undefined;
    this.transaction = undefined;
  }

  /** Sends a message until it is answered. Nothing when everything is over before. */
  private async deliver(action: string, payload: Json, over: () => boolean): Promise<Json | undefined> {
    this.unanswered = action;
    for (; !over(); await pause(RETRY_MS)) {
      try {
        const socket = await this.connected();
        const answer = await within(ANSWER_MS, socket.call(action, payload));
        this.unanswered = undefined;
        return answer;
      } catch (error) {
        if (error instanceof CallRefused) {
          this.problems.push(`${action} of ${this.options.identity} was answered by ${error.message}`);
        } else if (error instanceof NoAnswer) {
          // A connection over which nothing comes is given up; its other end may not know.
          this.socket?.terminate();
          this.socket = undefined;
        }
      }
    }
    return undefined;
  }

  private async connected(): Promise<SimulatedCharger> {
    if (this.socket) return this.socket;
    const { identity, password, urls } = this.options;
    const url = urls[this.url % urls.length] ?? '';
    this.url += 1;
    const made = await SimulatedCharger.connect({ url, identity, password, options: { handshakeTimeout: ANSWER_MS } });
    this.socket = made;
    this.replica = urls.indexOf(url);
    void made.closed.then(() => {
      if (this.socket === made) this.socket = undefined;
    });
    await within(ANSWER_MS, made.boot());
    return made;
  }
}

class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

async function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  const ended = new AbortController();
  const late = pause(ms, undefined, { signal: ended.signal, ref: false }).then(() => {
    throw new NoAnswer(`nothing within ${ms} ms`);
  });
  late.catch(() => undefined);
  answer.catch(() => undefined);
  return Promise.race([answer, late]).finally(() => ended.abort());
}
