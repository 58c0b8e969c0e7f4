import { type Drawn } from './model';

export const MINUTE = 60_000;

/** What is random of a session. */
export interface Chance {
  readonly powerCenter: number;
  /** ms */
  readonly begin: number;
  readonly minutes: number;
  readonly kilowatts: number;
  readonly readings: number;
  readonly register: number;
}

export interface Message {
  readonly id: string;
  readonly subject: string;
  readonly body: string;
}

export type Expected =
  | {
      readonly is: 'completed';
      readonly drawn: Drawn;
      readonly powerCenter: number;
      readonly payment: string;
      readonly flags: readonly string[];
    }
  | { readonly is: 'held'; readonly flag: string }
  | { readonly is: 'open' }
  | { readonly is: 'none' };

/** The events of a session and its expected result. */
export interface Story {
  readonly sessionId: string;
  readonly messages: readonly Message[];
  readonly expected: Expected;
  /** Messages that must be dead-lettered. */
  readonly dead: readonly string[];
  /** Of two that contradict each other the first that is received counts, with its own outcome; the other one is dead-lettered. */
  readonly rivals?: readonly { readonly ids: readonly string[]; readonly expected: Expected }[];
}

/** How a session really was, and its messages. */
export class Truth {
  readonly end: number;
  readonly total: number;
  readonly moments: readonly number[];

  constructor(
    readonly key: string,
    readonly chance: Chance,
    readonly sessionId: string | number = key,
  ) {
    this.end = chance.begin + chance.minutes * MINUTE;
    this.total = this.drawn(this.end);
    this.moments = Array.from({ length: chance.readings }, (_, n) =>
      Math.round(chance.begin + ((n + 1) * chance.minutes * MINUTE) / (chance.readings + 1)),
    );
  }

  /** Wh since the beginning; faster and faster. */
  drawn(moment: number): number {
    const part = (moment - this.chance.begin) / (this.end - this.chance.begin);
    return Math.floor((((this.chance.kilowatts * this.chance.minutes * 1000) / 60) * part * (1 + 0.3 * part)) / 1.3);
  }

  message(part: string, kind: string, body: object): Message {
    const told = { version: 1, session_id: this.sessionId, ...body };
    return { id: `${this.key}-${part}`, subject: `charging.session.${kind}`, body: JSON.stringify(told) };
  }

  start(more: object = {}, part = 'start'): Message {
    const { powerCenter, begin, register } = this.chance;
    const about = { charge_point_id: powerCenter, connector_number: 1, driver_id: 7, meter_wh: register };
    return this.message(part, 'started', { ...about, time: iso(begin), ...more });
  }

  reading(moment: number, wh: number, part = `r${moment}`): Message {
    return this.message(part, 'metered', { meter_wh: wh, time: iso(moment) });
  }

  readings(register = (moment: number): number => this.chance.register + this.drawn(moment)): Message[] {
    return this.moments.map((moment) => this.reading(moment, register(moment)));
  }

  ending(more: object = {}, part = 'end'): Message {
    return this.message(part, 'completed', {
      meter_wh: this.chance.register + this.total,
      time: iso(this.end),
      ...more,
    });
  }

  /** As it is known where all registers are. */
  known(wh = (moment: number): number => this.drawn(moment), moments = this.moments): Drawn {
    const { begin } = this.chance;
    return [[begin, wh(begin)], ...moments.map((at): [number, number] => [at, wh(at)]), [this.end, wh(this.end)]];
  }

  completed(more: Partial<Extract<Expected, { is: 'completed' }>> = {}): Expected {
    const { powerCenter } = this.chance;
    return { is: 'completed', drawn: this.known(), powerCenter, payment: 'electronic', flags: [], ...more };
  }

  story(messages: readonly Message[], expected: Expected, more: Partial<Story> = {}): Story {
    return { sessionId: String(this.sessionId), messages, expected, dead: [], ...more };
  }

  /** All is well but for some messages beside. */
  clean(beside: readonly Message[] = [], dead = true): Story {
    const messages = [this.start(), ...this.readings(), this.ending(), ...beside];
    return this.story(messages, this.completed(), { dead: dead ? beside.map(({ id }) => id) : [] });
  }
}

export const iso = (moment: number): string => new Date(moment).toISOString();
