import { Injectable } from '@nestjs/common';
import type { BatchEvent, RejectedEvent } from '@open-cpo/events';
import { Transactions } from '@open-cpo/persistence';
import { FiguresRepository } from './figures.repository';
import { aboutOf, type ReceivedEffects, effectsIn } from './effects';
import { type ConnectorMove, movesOf } from './occupations';
import { furthest, RUNNING } from './order-stages';
import { ReadModelUpdates } from './read-model-updates';

/**
 * What orders do to power centers: connectors become busy and free, figures grow and shrink. All of a batch happens in
 * one transaction; each event has its effect once, whenever and however often it comes.
 */
@Injectable()
export class OrderEffects {
  constructor(
    private readonly transactions: Transactions,
    private readonly figures: FiguresRepository,
    private readonly shown: ReadModelUpdates,
  ) {}

  /** Returns the events without a known power center. */
  take(events: readonly BatchEvent[]): Promise<readonly RejectedEvent[]> {
    return this.transactions.run(async () => {
      const held = await this.figures.hold([...new Set(events.map((event) => aboutOf(event).charge_point_id))]);
      const fits = (event: BatchEvent): boolean => {
        const { charge_point_id, account_id } = aboutOf(event);
        return held.get(charge_point_id)?.account_id === account_id;
      };
      const effects = effectsIn(events.filter(fits));
      const occupied = await this.occupy(effects);
      const counted = effects.orders.length > 0 ? await this.figures.count(furthest(effects.orders)) : [];
      const changed = [...new Set([...occupied, ...counted])];
      if (counted.length > 0) await this.figures.keepToday(counted.flatMap((id) => held.get(id) ?? []));
      await this.shown.tell(changed);
      const rejectedEvents = events.filter((event) => !fits(event));
      return rejectedEvents.map(({ meta }) => ({ eventId: meta.eventId, reason: 'There is no such power center.' }));
    });
  }

  /** The power centers whose connectors are not what they were. Ends of orders are not counted yet at this point. */
  private async occupy({ occupations, orders }: ReceivedEffects): Promise<number[]> {
    if (occupations.length === 0) return [];
    const begun = occupations.filter(({ status }) => status === 'busy').map(({ order_id }) => order_id);
    const ended = new Set([
      ...(begun.length > 0 ? await this.figures.ended(begun) : []),
      ...orders.filter(({ stage }) => stage !== RUNNING).map(({ order_id }) => order_id),
    ]);
    const connectors = await this.figures.connectors([...new Set(occupations.map((one) => one.charge_point_id))]);
    const before = new Map(connectors.map(({ id, status }) => [id, status]));
    const moves = movesOf(occupations, ended, connectors);
    const moved = new Set(moves.length > 0 ? await this.figures.move(moves) : []);
    const differs = ({ id, status }: ConnectorMove) => (before.get(id) === 'busy') !== (status === 'busy');
    return moves.filter((move) => moved.has(move.id) && differs(move)).map((one) => one.charge_point_id);
  }
}
