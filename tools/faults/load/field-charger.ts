import { setTimeout as pause } from 'node:timers/promises';
import type { Entry, Journal } from '../journal/journal';
import { ChargerConnection, type ConnectionOptions, type Json, type LeftConnection } from './charger-connection';
import {
  clockOf,
  type Course,
  FieldSession,
  LIVE_WH,
  liveCourse,
  type Measured,
  offlineCourse,
  pastCourse,
  READINGS,
  rightRegisters,
  SESSION_WH,
} from './field-session';
import type { Misbehaviour } from './misbehaviour';
import { shuffled } from './shuffled';

/** What a charger is configured with. */
export interface FieldChargerOptions extends ConnectionOptions {
  readonly id: number;
  readonly misbehaviour?: Misbehaviour;
}

/** Between two steps of a session, and two sessions. */
const STEP_MS = 150;

/** A charger as firmware behaves: what is not answered is sent again, under a new id; what is answered is forgotten. */
export class FieldCharger {
  readonly connection: ChargerConnection;
  protected readonly said: (ms: number) => string;
  protected register = 0;
  private running = false;
  private loop: Promise<void> = Promise.resolve();
  private current?: { readonly session: FieldSession; readonly entry: Entry };
  /** Sends no end of a session while it is set. */
  heldEnd?: Promise<unknown>;
  waitsForEnd = false;
  /** Sessions whose end was answered. */
  ended = 0;
  /** It has had all of its sessions. */
  finished = false;
  /** Ids of its transactions, from the answers. */
  readonly begun = new Set<number>();
  /** By session. */
  readonly measured = new Map<string, Measured>();
  /** Messages that were answered and belong to no transaction. */
  unassigned = 0;

  constructor(
    readonly options: FieldChargerOptions,
    protected readonly journal: Journal,
  ) {
    this.connection = new ChargerConnection(options);
    this.said = clockOf(this.misbehaviour);
  }

  get misbehaviour(): Misbehaviour {
    return this.options.misbehaviour ?? {};
  }

  /** The transaction that is under way. */
  get transaction(): number | undefined {
    return this.current?.session.transactionId;
  }

  get unanswered(): string | undefined {
    return this.connection.unanswered;
  }

  get replica(): number {
    return this.connection.replica;
  }

  get problems(): string[] {
    return this.connection.problems;
  }

  /** Sessions without end, until it is stopped or had so many; then the one under way ends, unless it is over. */
  flow(over: () => boolean, most = Infinity): { stop: () => Promise<void> } {
    this.running = true;
    this.loop = this.run(over, most);
    return {
      stop: async () => {
        this.running = false;
        await this.loop;
      },
    };
  }

  close(): void {
    this.connection.cut();
  }

  /** It will never report the end of its session: the last reading counts. Answers the id of the session. */
  abandon(): string {
    const { current } = this;
    if (!current) throw new Error('There is no session to be abandoned.');
    this.running = false;
    this.measured.set(current.entry.mark, current.session.measuredSoFar());
    current.entry.acknowledged = true;
    return current.entry.mark;
  }

  private async run(given: () => boolean, most: number): Promise<void> {
    const { replay } = this.misbehaviour;
    const over = (): boolean => given() || (most < Infinity && !this.running);
    if (replay) await this.replay(replay, over);
    for (let n = 0; n < most && !replay && this.running && !over(); n += 1) {
      await this.session(over);
      await pause(STEP_MS);
    }
    this.finished = !over();
  }

  private newSession(course: Course, readings = READINGS): FieldSession {
    const wh = course === liveCourse ? LIVE_WH : SESSION_WH;
    const registers = this.misbehaviour.registers ?? rightRegisters(this.register, wh, readings);
    this.register += wh;
    return new FieldSession(course, registers, this.said, wh);
  }

  protected async session(over: () => boolean): Promise<void> {
    const { clock, poison = [], breaking = [], secondConnection } = this.misbehaviour;
    await this.before(over);
    const session = this.newSession(clock ? liveCourse : pastCourse());
    await this.endEarly(session, over);
    const entry = await this.begin(session, over);
    if (!entry) return;
    this.current = { session, entry };
    for (let n = 0; n < session.readings; n += 1) {
      await pause(STEP_MS);
      if (await this.say('MeterValues', session.reading(n), over)) session.read += 1;
      if (n > 0) continue;
      poison.forEach((text) => this.connection.send(session.filled(text)));
      // What waits at a server when a connection ends was never received.
      if (poison.length > 0) await this.connection.deliver('Heartbeat', {}, over);
      for (const frame of breaking) {
        await this.connection.break(frame);
        await this.connection.deliver('Heartbeat', {}, over);
      }
    }
    const left = secondConnection ? await this.goOver(session, over) : undefined;
    await this.hold(over);
    await this.end(session, entry, over);
    await left?.close();
    this.current = undefined;
  }

  /** Waits as long as ends are held back, and stays connected. */
  private async hold(over: () => boolean): Promise<void> {
    const { heldEnd } = this;
    let held = heldEnd !== undefined;
    void heldEnd?.then(() => (held = false));
    this.waitsForEnd = held;
    while (held && !over()) {
      await Promise.race([heldEnd, pause(STEP_MS)]);
      if (!this.connection.isOpen) await this.connection.deliver('Heartbeat', {}, () => !held || over());
    }
    this.waitsForEnd = false;
  }

  private async before(over: () => boolean): Promise<void> {
    const { chatter = 0, statuses } = this.misbehaviour;
    const status = { connectorId: 1, status: 'Preparing', errorCode: 'NoError', timestamp: this.said(Date.now()) };
    if (statuses) await this.connection.deliver('StatusNotification', status, over);
    if (chatter === 0) return;
    // A new connection may send as many at once as any.
    this.connection.cut();
    await this.connection.deliver('Heartbeat', {}, over);
    for (let n = 0; n < chatter; n += 1) this.connection.send(`[2,"c${n}","DataTransfer",{"vendorId":"faults"}]`);
  }

  /** Ends of no transaction are answered, and nothing comes of them. */
  private async endEarly(session: FieldSession, over: () => boolean): Promise<void> {
    for (const id of this.misbehaviour.earlyEnds ?? []) {
      if (await this.say('StopTransaction', session.end(id), over)) this.unassigned += 1;
    }
  }

  /** What the platform has to remember of it; nothing when everything is over before. */
  private async begin(session: FieldSession, over: () => boolean): Promise<Entry | undefined> {
    const answer = await this.say('StartTransaction', session.begin(), over);
    if (!answer) return undefined;
    session.transactionId = Number(answer.transactionId);
    this.begun.add(session.transactionId);
    const entry = this.journal.begin('session', `ocpp.${this.options.id}.${session.transactionId}`);
    entry.tries = 1;
    return entry;
  }

  private async end(session: FieldSession, entry: Entry, over: () => boolean): Promise<void> {
    if (over()) return;
    const end = session.end();
    this.measured.set(entry.mark, session.measured(this.connection.slowest, this.misbehaviour));
    if (!(await this.say('StopTransaction', end, over))) return;
    entry.acknowledged = true;
    this.ended += 1;
    // The first one counts.
    const other = { ...end, meterStop: session.registers.end + 1000 };
    if (this.misbehaviour.repeats) await this.connection.deliver('StopTransaction', other, over);
  }

  /** Connects again, and says over the old connection then what must not count. */
  private async goOver(session: FieldSession, over: () => boolean): Promise<LeftConnection> {
    const left = this.connection.leave();
    await this.connection.deliver('Heartbeat', {}, over);
    left.send('StopTransaction', { ...session.end(), meterStop: session.registers.begin + 1 });
    return left;
  }

  /** Sends a message that is answered, and again where it repeats: the answer has to be the same. */
  private async say(action: string, payload: Json, over: () => boolean): Promise<Json | undefined> {
    const answer = await this.connection.deliver(action, payload, over);
    for (let n = 0; answer && n < (this.misbehaviour.repeats ?? 0); n += 1) {
      if (n % 2 === 1) this.connection.cut();
      const again = await this.connection.deliver(action, payload, over);
      if (!again || again.transactionId === answer.transactionId) continue;
      const ids = `${String(answer.transactionId)} and ${String(again.transactionId)}`;
      this.connection.problem(`${action} of ${this.options.identity} was answered by two transactions: ${ids}`);
    }
    return answer;
  }

  /** Begins come first: what follows needs the ids of their answers. */
  protected async replay(
    { sessions, readings }: { readonly sessions: number; readonly readings: number },
    over: () => boolean,
  ): Promise<void> {
    this.connection.cut();
    const all = Array.from({ length: sessions }, (_, n) => this.newSession(offlineCourse(n, sessions), readings));
    const begun: [FieldSession, Entry][] = [];
    for (const session of shuffled(all)) {
      const entry = await this.begin(session, over);
      if (entry) begun.push([session, entry]);
    }
    const messages = begun.flatMap(([session, entry]) => [
      ...Array.from(
        { length: readings },
        (_, n) => () => this.connection.deliver('MeterValues', session.reading(n), over),
      ),
      () => this.end(session, entry, over),
    ]);
    for (const send of shuffled(messages)) await send();
  }
}
