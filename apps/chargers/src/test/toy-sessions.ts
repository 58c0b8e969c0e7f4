import type { Dialogue } from './quirk-player';
import type { Safeguards } from './toy-system';

export type Answer = Readonly<Record<string, unknown>>;

const CARD = '04A2B1C6';

interface ToySession {
  readonly id: number;
  ended: boolean;
  last: number;
}

interface Reading {
  readonly sampledValue: readonly { readonly value: string }[];
}

/** The messages of a charger and its sessions, at the toy. */
export class ToySessions {
  readonly published: (readonly [string, Answer])[] = [];
  private readonly all = new Map<string, ToySession>();
  private vendor: unknown = null;
  private booted = false;
  private bootedSince = false;
  private next = 1;
  private readonly answers: Readonly<Record<string, (payload: Answer) => Answer | undefined>> = {
    Heartbeat: () => ({ currentTime: this.now }),
    Authorize: ({ idTag }) => ({ idTagInfo: { status: this.judged(idTag) } }),
    StartTransaction: (payload) => this.start(payload),
    StopTransaction: (payload) => this.stop(payload),
    MeterValues: (payload) => this.meter(payload),
    StatusNotification: ({ status }) => (status === 'Available' && !this.has(29) ? this.endAll() : {}),
  };

  constructor(
    private readonly dialogue: Dialogue,
    private readonly has: Safeguards,
  ) {}

  get shown(): Answer {
    return { vendor: this.vendor, open_transactions: this.sessions.filter(({ ended }) => !ended).length };
  }

  connected(): void {
    this.bootedSince = false;
  }

  /** Nothing where the message is refused. */
  answer(action: string, payload: Answer): Answer | undefined {
    if (action === 'BootNotification') return this.boot(payload);
    const isEarly = (!this.has(12) && !this.booted) || (!this.has(11) && !this.bootedSince);
    return isEarly ? undefined : this.answers[action]?.(payload);
  }

  private boot({ chargePointVendor }: Answer): Answer {
    const isNew = !this.booted;
    this.vendor = chargePointVendor;
    [this.booted, this.bootedSince] = [true, true];
    const accepted = { status: 'Accepted', currentTime: this.now, interval: 300 };
    return isNew && !this.has(14) ? { ...accepted, status: 'Pending', interval: 0 } : accepted;
  }

  private get now(): string {
    const now = new Date().toISOString();
    return this.has(49) ? now.replace(/\.\d+/, '') : now;
  }

  private get sessions(): ToySession[] {
    return [...this.all.values()];
  }

  private judged(tag: unknown): string {
    return tag === CARD || (this.has(51) && this.dialogue.policy === 'anybody') ? 'Accepted' : 'Invalid';
  }

  private start(payload: Answer): Answer | undefined {
    if (typeof payload !== 'object' && !this.has(23)) return undefined;
    const { idTag, meterStart, timestamp } = typeof payload === 'object' ? payload : {};
    const status = this.judged(idTag);
    const idTagInfo = { status };
    if (status !== 'Accepted') return this.has(23) ? { transactionId: this.newId(), idTagInfo } : { idTagInfo };
    const key = this.has(36) ? JSON.stringify(payload) : String(this.next);
    const known = this.all.get(key);
    if (known) return { transactionId: known.id, idTagInfo };
    const meter_wh = this.wh(meterStart);
    const made = { id: this.newId(), ended: false, last: meter_wh };
    this.all.set(key, made);
    const whose = this.dialogue.policy === 'anybody' ? { payment: 'settled' } : {};
    this.published.push(['started', { ...whose, rfid: idTag, meter_wh, time: timestamp }]);
    return { transactionId: made.id, idTagInfo };
  }

  private newId(): number {
    this.next += 1;
    return this.next;
  }

  private stop({ transactionId, meterStop, timestamp, transactionData }: Answer): Answer {
    const session = this.ofId(transactionId);
    const isKnown = session ? !session.ended || !this.has(35) : !this.has(37);
    if (!isKnown) return {};
    if (session) this.readings(session, transactionData);
    if (session) session.ended = true;
    this.published.push(['completed', { meter_wh: this.wh(meterStop), time: timestamp }]);
    return {};
  }

  private ofId(id: unknown): ToySession | undefined {
    const found = this.sessions.find((one) => one.id === id);
    return found ?? (this.has(33) ? undefined : this.sessions.find(({ ended }) => !ended));
  }

  private meter({ transactionId, meterValue }: Answer): Answer {
    const session = this.ofId(transactionId);
    if (session && (this.has(40) || !session.ended)) this.readings(session, meterValue);
    return {};
  }

  private readings(session: ToySession, readings: unknown): void {
    for (const { sampledValue } of (readings ?? []) as readonly Reading[]) {
      const meter_wh = this.wh(sampledValue[0]?.value);
      if (meter_wh < session.last && !this.has(45)) continue;
      session.last = meter_wh;
      this.published.push(['metered', { meter_wh }]);
    }
  }

  private endAll(): Answer {
    for (const session of this.sessions.filter(({ ended }) => !ended)) {
      session.ended = true;
      this.published.push(['completed', { meter_wh: session.last }]);
    }
    return {};
  }

  private wh(register: unknown): number {
    return Number(register) * (this.has(43) ? (this.dialogue.change?.register_factor ?? 1) : 1);
  }
}
