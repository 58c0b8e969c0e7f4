import { Injectable } from '@nestjs/common';
import type { Verdict } from '../cards/cards';
import type { ChargerContext } from '../sockets/charger-context';
import { ReservationsRepository } from './reservations.repository';

/** A card that is shown at a connector. */
export interface ShownCard {
  /** Absent or 0: the charger says of none. */
  readonly connector?: number | null;
  readonly tag?: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Whether the charger has decided without a connection. */
  readonly offline: boolean;
}

/** Connectors that are kept free for a card. */
@Injectable()
export class ReservedConnectors {
  constructor(private readonly repository: ReservationsRepository) {}

  /** What a card may do: one that may start does not where the connector is kept free for another one. */
  async judge(context: ChargerContext, { connector, tag, at, offline }: ShownCard, verdict: Verdict): Promise<Verdict> {
    if (verdict.status !== 'Accepted' || !connector || offline) return verdict;
    const kept = await this.repository.at(context, connector, at);
    return kept?.active && kept.tag !== tag ? { ...verdict, status: 'Invalid' } : verdict;
  }

  /** A session has begun: the reservation of its card is used up. */
  async begun(
    context: Pick<ChargerContext, 'id'>,
    { connector, tag }: Pick<ShownCard, 'connector' | 'tag'>,
    transactionId: number,
  ): Promise<void> {
    if (connector && tag !== undefined) await this.repository.used(context, connector, tag, transactionId);
  }
}
