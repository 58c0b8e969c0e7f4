import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { StackError } from '../../stack/terminal';
import type { Journal } from '../journal/journal';
import { type Client, json, type Sent } from './client';
import { FieldCharger } from './field-charger';
import { FieldStation } from './field-station';
import type { Misbehaviour } from './misbehaviour';
import type { Outcome } from './tally';
import { retryDelayMs } from './writes';

/** Chargers at power centers of the demo. */
const CHARGERS = 4;
/** Sessions of each of the others. */
const SESSIONS = 3;
/** A guard against hanging: the service learns of power centers by events. */
const GUARD_MS = 120_000;

interface Made {
  readonly results?: {
    readonly id: number;
    readonly identity: string;
    readonly credential: { readonly password: string };
  };
}

/** How chargers that are added have their sessions. */
export interface Addition {
  readonly sessions?: number;
  /** They hold the ends of their sessions back until it resolves. */
  readonly heldEnd?: Promise<unknown>;
  /** They begin when it resolves. */
  readonly after?: Promise<unknown>;
}

/** Chargers of the demo's owner that speak OCPP with the platform. */
export class ChargerFleet {
  /** Chargers for one fault, each at a power center of its own. */
  readonly added: FieldCharger[] = [];
  private readonly powerCenters = new Map<FieldCharger, number>();
  private flows: { stop: () => Promise<void> }[] = [];
  private over: () => boolean = () => false;

  private constructor(
    private readonly owner: Client,
    private readonly urls: readonly string[],
    private readonly journal: Journal,
    readonly chargers: readonly FieldCharger[],
  ) {}

  /** `urls`: where chargers may connect, of each replica. */
  static async of(owner: Client, urls: readonly string[], journal: Journal): Promise<ChargerFleet> {
    if (urls.length === 0) return new ChargerFleet(owner, urls, journal, []);
    const list = json<Record<string, { id: number }>>(await owner.ask('/api/charge-points')) ?? {};
    const chargers: FieldCharger[] = [];
    for (const { id: charge_point_id } of Object.values(list)) {
      const one = json<{ configured: number }>(await owner.ask(`/api/charge-points/${charge_point_id}`));
      if (one?.configured !== 1 || chargers.length === CHARGERS) continue;
      const { id, identity, credential } = await made(owner, charge_point_id);
      chargers.push(new FieldCharger({ id, identity, password: credential.password, urls }, journal));
    }
    return new ChargerFleet(owner, urls, journal, chargers);
  }

  get all(): readonly FieldCharger[] {
    return [...this.chargers, ...this.added];
  }

  /** Sessions without end of all. */
  flow(over: () => boolean): { stop: () => Promise<void> } {
    this.over = over;
    this.flows = this.chargers.map((charger) => charger.flow(over));
    return { stop: async () => void (await Promise.all(this.flows.map((flow) => flow.stop()))) };
  }

  /** Has a charger of each kind have some sessions, beside the others. */
  async add(kinds: readonly Misbehaviour[], { sessions = SESSIONS, heldEnd, after }: Addition = {}) {
    const added: FieldCharger[] = [];
    // One after the other: an owner does not create many at once, and requests of others go on.
    for (const misbehaviour of kinds) added.push(await this.newCharger(misbehaviour));
    const begin = (): void => {
      for (const charger of added) {
        charger.heldEnd = heldEnd;
        this.flows.push(charger.flow(this.over, sessions));
      }
    };
    if (after) void after.then(begin);
    else begin();
    return added;
  }

  /** Removes the power center of a charger. */
  removePowerCenter(charger: FieldCharger): Promise<void> {
    return this.send(`/api/charge-points/${this.powerCenters.get(charger)}`, { method: 'DELETE' });
  }

  /** Answers the new password of a charger. */
  async rotatePassword({ options }: FieldCharger): Promise<string> {
    const path = `/api/chargers/${options.id}/credential`;
    const { results } = await this.send<{ results: { password: string } }>(path, { method: 'POST' });
    return results.password;
  }

  /** Holds the ends of sessions back until the returned function is called. */
  holdEnds(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    for (const charger of this.chargers) charger.heldEnd = promise;
    return () => {
      for (const charger of this.chargers) charger.heldEnd = undefined;
      resolve();
    };
  }

  close(): void {
    this.all.forEach((charger) => charger.close());
  }

  private async newCharger(misbehaviour: Misbehaviour): Promise<FieldCharger> {
    const place = { title: 'Faults', category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 };
    const { id: powerCenter } = await this.send<{ id: number }>('/api/charge-points', { method: 'POST', body: place });
    const price = { price: 50, price_currency: 'DZD', price_unit: 'energy', listed: true };
    const body = { ...price, connectors: [{ id: 1, number: 1 }] };
    await this.send(`/api/charge-points/${powerCenter}`, { method: 'PATCH', body });
    const { id, identity, credential } = await made(this.owner, powerCenter);
    const register_factor = misbehaviour.registers?.factor;
    if (register_factor) await this.send(`/api/chargers/${id}`, { method: 'PATCH', body: { register_factor } });
    const { urls, journal } = this;
    const options = { id, identity, password: credential.password, urls, misbehaviour };
    const charger = misbehaviour.reversed
      ? new FieldStation({ ...options, protocol: 'ocpp2.0.1' }, journal)
      : new FieldCharger(options, journal);
    this.powerCenters.set(charger, powerCenter);
    this.added.push(charger);
    return charger;
  }

  /** Repeats what is answered by 503 or 504, as `Retry-After` asks for. @throws StackError where it is refused */
  private async send<T = unknown>(path: string, sent: Sent): Promise<T> {
    const headers = { 'idempotency-key': randomUUID() };
    const ask = (): Promise<Outcome> => this.owner.ask(path, { ...sent, headers });
    let outcome = await ask();
    for (
      const end = Date.now() + GUARD_MS;
      outcome.ending === 'unavailable' && Date.now() < end;
      outcome = await ask()
    ) {
      await pause(retryDelayMs(outcome));
    }
    if (outcome.ending === 'done') return json<T>(outcome) as T;
    throw new StackError(`${sent.method} ${path}: ${outcome.status} ${outcome.body.toString()}`);
  }
}

async function made(owner: Client, charge_point_id: number): Promise<NonNullable<Made['results']>> {
  for (const end = Date.now() + GUARD_MS; Date.now() < end; await pause(200)) {
    const { results } =
      json<Made>(await owner.ask('/api/chargers', { method: 'POST', body: { charge_point_id } })) ?? {};
    if (results) return results;
  }
  throw new StackError('No charger could be created.');
}
