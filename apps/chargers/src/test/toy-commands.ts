import type { Answer } from './toy-sessions';
import type { Safeguards } from './toy-system';

const HEARTBEAT = 'HeartbeatInterval';
const MEASURANDS = 'MeterValuesSampledData';
const REGISTER = 'Energy.Active.Import.Register';
/** Minutes: of a connection before its settings are looked at, that a status may last, and between two questions. */
const SETTLED = 2;
const STUCK = 10;
const BETWEEN = 10;
/** Minutes within which a start begins. */
const START = 3;

interface Connector {
  readonly number: number;
  readonly status: string;
  minutes: number;
  asked: boolean;
}

interface Setting {
  readonly key: string;
  value: string;
  /** What was sent, and not accepted. */
  sent?: string;
}

/** What the toy asks of a charger. */
export class ToyCommands {
  last: Answer = {};
  readonly settings: Setting[] = [];
  private readonly connectors = new Map<number, Connector>();
  private readonly waiting = new Map<string, (answer?: Answer) => void>();
  private readonly answers = new Set<Promise<void>>();
  private readonly unread = [HEARTBEAT, MEASURANDS];
  private minutes = 0;
  private sinceQuestion = BETWEEN;
  private sinceStart = 0;
  private n = 0;

  constructor(
    private readonly has: Safeguards,
    private readonly send: (text: string) => void,
  ) {}

  connected(): void {
    this.minutes = 0;
  }

  /** What was not answered is not answered any more. */
  closed(): void {
    this.waiting.forEach((answered) => answered());
  }

  status({ connectorId, status }: Answer): void {
    const number = Number(connectorId);
    this.connectors.set(number, { number, status: String(status), minutes: 0, asked: false });
  }

  /** False where nothing was asked. */
  answer(id: string, payload: Answer): boolean {
    const answered = this.waiting.get(id);
    answered?.(payload);
    return answered !== undefined;
  }

  async answered(): Promise<void> {
    await Promise.all(this.answers);
  }

  start(connector: number): void {
    const connectorId = this.has(28) ? { connectorId: connector } : {};
    this.sinceStart = 0;
    this.call('RemoteStartTransaction', { ...connectorId, idTag: 'TOY' }, ({ status }) => {
      this.last = { state: status === 'Accepted' ? 'accepted' : 'rejected', effect: 'expected', transaction_id: null };
    });
  }

  pass(minutes: number, connected: boolean): void {
    for (const part of ['minutes', 'sinceQuestion', 'sinceStart'] as const) this[part] += minutes;
    this.connectors.forEach((one) => (one.minutes += minutes));
    if (this.sinceStart > START && this.last.effect === 'expected') this.last = { ...this.last, effect: 'missing' };
    if (!connected) return;
    this.remind();
    if (this.minutes > SETTLED) this.set();
  }

  private remind(): void {
    const stuck = [...this.connectors.values()].filter(
      ({ status, minutes, asked }) => status === 'Finishing' && minutes > STUCK && !asked,
    );
    const isCalm = this.minutes > STUCK && this.sinceQuestion > BETWEEN;
    for (const connector of this.has(13) ? stuck.slice(0, isCalm ? 1 : 0) : stuck) {
      connector.asked = this.has(13);
      this.sinceQuestion = 0;
      const about = { requestedMessage: 'StatusNotification', connectorId: connector.number };
      this.call('TriggerMessage', about, () => undefined);
    }
  }

  private set(): void {
    if (!this.has(24)) {
      for (const [key, value] of [
        [HEARTBEAT, '300'],
        [MEASURANDS, REGISTER],
      ]) {
        this.call('ChangeConfiguration', { key, value }, () => undefined);
      }
      return;
    }
    const next = this.settings
      .map((one) => ({ one, value: this.wanted(one) }))
      .find(({ value }) => value !== undefined);
    if (next?.value !== undefined) return this.change(next.one, next.value);
    const key = this.unread.shift();
    if (key === undefined) return;
    this.call('GetConfiguration', this.has(26) ? { key: [key] } : {}, ({ configurationKey }) => {
      this.settings.push(...((configurationKey ?? []) as Setting[]).map((one) => ({ key: one.key, value: one.value })));
    });
  }

  private wanted({ key, value, sent }: Setting): string | undefined {
    if (key === HEARTBEAT) return this.has(27) && value !== '300' && sent === undefined ? '300' : undefined;
    if (value.split(',').includes(REGISTER)) return undefined;
    if (sent === undefined) return `${REGISTER},${value}`;
    return this.has(25) && sent.includes(',') ? sent.slice(0, sent.lastIndexOf(',')) : undefined;
  }

  private change(setting: Setting, value: string): void {
    setting.sent = value;
    this.call('ChangeConfiguration', { key: setting.key, value }, ({ status }) => {
      if (status === 'Accepted') setting.value = value;
      // Not answered: it is not sent again.
      else if (status === undefined) setting.sent = '';
    });
  }

  private call(action: string, payload: Answer, answered: (answer: Answer) => void): void {
    this.n += 1;
    const id = `toy-${this.n}`;
    const done = new Promise<void>((resolve) => {
      this.waiting.set(id, (answer = {}) => {
        this.waiting.delete(id);
        answered(answer);
        resolve();
      });
    });
    this.answers.add(done);
    void done.then(() => this.answers.delete(done));
    this.send(JSON.stringify([2, id, action, payload]));
  }
}
