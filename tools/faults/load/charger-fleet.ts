import { setTimeout as pause } from 'node:timers/promises';
import { StackError } from '../../stack/terminal';
import type { Journal } from '../journal/journal';
import { type Client, json } from './client';
import { FieldCharger } from './field-charger';

/** Chargers at power centers of the demo. */
const CHARGERS = 4;
/** A guard against hanging: the service learns of power centers by events. */
const GUARD_MS = 120_000;

interface Made {
  readonly results?: {
    readonly id: number;
    readonly identity: string;
    readonly credential: { readonly password: string };
  };
}

/** Chargers of the demo's owner that speak OCPP with the platform. */
export class ChargerFleet {
  private constructor(readonly chargers: readonly FieldCharger[]) {}

  /** `urls`: where chargers may connect, of each replica. */
  static async of(owner: Client, urls: readonly string[], journal: Journal): Promise<ChargerFleet> {
    if (urls.length === 0) return new ChargerFleet([]);
    const list = json<Record<string, { id: number }>>(await owner.ask('/api/charge-points')) ?? {};
    const chargers: FieldCharger[] = [];
    for (const { id: charge_point_id } of Object.values(list)) {
      const one = json<{ configured: number }>(await owner.ask(`/api/charge-points/${charge_point_id}`));
      if (one?.configured !== 1 || chargers.length === CHARGERS) continue;
      const { id, identity, credential } = await made(owner, charge_point_id);
      chargers.push(new FieldCharger({ id, identity, password: credential.password, urls }, journal));
    }
    return new ChargerFleet(chargers);
  }

  /** Sessions without end of all. */
  flow(over: () => boolean): { stop: () => Promise<void> } {
    const flows = this.chargers.map((charger) => charger.flow(over));
    return { stop: async () => void (await Promise.all(flows.map((flow) => flow.stop()))) };
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
    this.chargers.forEach((charger) => charger.close());
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
