import { Injectable } from '@nestjs/common';
import { type ChargePointChanged, type PowerCentersRelearned, stationsInternal } from '@open-cpo/contracts';
import { allRows, Bus, internalCaller } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { shownOf } from '../charge-points/charge-points.consumer';
import { HeldSessions } from '../sessions/held-sessions';
import * as sql from './projection-rebuild.queries';

/** Power centers that a command goes through: they are held until its end. */
const BATCH_SIZE = 200;
const TIMEOUT_MS = 60_000;
const LAST = 2_147_483_647;

/** Rebuilds the projection of power centers from stations. */
@Injectable()
export class ProjectionRebuild {
  constructor(
    private readonly transactions: Transactions,
    private readonly bus: Bus,
    private readonly held: HeldSessions,
  ) {}

  /**
   * Locked first and requested then: events received before are in the response, and later ones are newer. The
   * time of our last word stays, so that everything that is still on its way counts.
   */
  async run(after: number): Promise<PowerCentersRelearned> {
    const held = await this.ids(sql.HOLD, [after, BATCH_SIZE]);
    const all = await this.current(after);
    const upTo = Math.min(endOf(held), endOf(all.map(({ id }) => id)));
    const listed = all.filter(({ id }) => id <= upTo);
    const rows = JSON.stringify(listed.map(shownOf));
    const gone = await this.ids(sql.GONE, [after, upTo, listed.map(({ id }) => id)]);
    const back = await this.ids(sql.BACK, [listed.map(({ id }) => id)]);
    const changed = await this.ids(sql.CHANGED, [rows]);
    const added = await this.ids(sql.ADDED, [rows]);
    if (added.length > 0) this.transactions.afterCommit(() => this.held.poke());
    const corrected = new Set([...gone, ...back, ...changed, ...added]).size;
    return { rows: listed.length, corrected, next: upTo === LAST ? null : upTo };
  }

  private current(after: number): Promise<ChargePointChanged[]> {
    const question = { after: after || null, most: BATCH_SIZE };
    return allRows(this.bus.stream(stationsInternal.cards, question, internalCaller({}, TIMEOUT_MS)));
  }

  private async ids(text: string, params: Parameters<Transactions['query']>[1]): Promise<number[]> {
    return (await this.transactions.query<{ id: number }>(text, params)).map(({ id }) => id);
  }
}

/** Up to where a part goes; fewer than a part holds are the last ones. */
const endOf = (ids: readonly number[]): number => (ids.length < BATCH_SIZE ? LAST : (ids.at(-1) ?? LAST));
