import { Injectable } from '@nestjs/common';
import { type ChargePointPricesChanged, type PricesAsked, Refusal, stationsPrices } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { ChargePointsRepository, type KnownChargePoint } from './charge-points.repository';
import type { Tariff } from './tariff';
import { tariffAt, withVersions } from './tariff.rules';

/** Milliseconds that stations has to answer; without a response that session waits, and no other. */
const ANSWER_TIMEOUT_MS = 1500;

/** A power center, and the moment at which a session began there. */
export interface Begun {
  readonly chargePoint: KnownChargePoint;
  readonly at: Date;
}

/**
 * The prices in force when sessions began. What was received of prices may lag behind what owners were shown, by as long as
 * events take; so stations, which orders the history of prices, is asked by time.
 */
@Injectable()
export class Tariffs {
  constructor(
    private readonly chargePoints: ChargePointsRepository,
    private readonly bus: Bus,
    private readonly log: Log,
  ) {}

  /** In the order of what was asked. Without a confirmation by stations the last received prices count. */
  async of(begun: readonly Begun[]): Promise<Tariff[]> {
    const told = await this.ask(begun.map(({ chargePoint: { id }, at }) => ({ id, at: at.toISOString() })));
    return begun.map(({ chargePoint, at }) => {
      if (!told) return tariffAt(chargePoint, at);
      const versions = told.versions.get(chargePoint.id) ?? [];
      // The prices of a future moment are unknown.
      return { ...tariffAt(withVersions(chargePoint, versions), at), confirmed: at <= told.asOf };
    });
  }

  /** By the id of the power center; nothing while stations does not answer. */
  async confirmed(begun: readonly { readonly id: number; readonly at: Date }[]): Promise<Tariff[] | undefined> {
    const known = await this.chargePoints.meant([...new Set(begun.map(({ id }) => id))], []);
    const byId = new Map(known.map((one) => [one.id, one]));
    const asked = begun.flatMap(({ id, at }) => {
      const chargePoint = byId.get(id);
      return chargePoint ? [{ chargePoint, at }] : [];
    });
    const tariffs = await this.of(asked);
    return asked.length === begun.length && tariffs.every((one) => one.confirmed !== undefined) ? tariffs : undefined;
  }

  private async ask(asked: readonly PricesAsked[]) {
    if (asked.length === 0) return undefined;
    try {
      const caller = internalCaller({}, ANSWER_TIMEOUT_MS);
      const { versions, as_of } = await this.bus.call(stationsPrices.at, { asked: [...asked] }, caller);
      const byId = new Map<number, ChargePointPricesChanged[]>();
      for (const version of versions) byId.set(version.id, [...(byId.get(version.id) ?? []), version]);
      return { versions: byId, asOf: new Date(as_of) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.log.debug('Stations could not be asked for the prices in force', { error });
      return undefined;
    }
  }
}
