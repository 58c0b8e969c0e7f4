import { Injectable } from '@nestjs/common';
import {
  type CardHolder,
  cardNumber,
  type CardQuery,
  type CardsQuery,
  type CardWorker,
  type ListedCard,
  type ListedCards,
} from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { type Card, cardState } from './card.rules';

/** On the day that is asked for ($3), which came after the worker did and before they were removed. */
const THERE = `(created_at::date <= $3::date and (deleted_at is null or $3::date < deleted_at::date))`;

/**
 * The worker who had the card on a day; else the one who had it last before, or else the first one who got it later: cards
 * are often entered after they were handed out.
 */
export const BY_CARD = `
  select id, first_name || ' ' || last_name as name, expire_at::text as expire_at,
    coalesce(deleted_at::date <= $3::date and not ${THERE}, false) as removed
  from workers where account_id = $1 and rfid = $2
  order by ${THERE} desc, created_at::date <= $3::date desc,
    case when created_at::date <= $3::date then deleted_at end desc nulls first, created_at, id limit 1`;

// A day more, since days end later in the west.
const LISTED = `
  select rfid, expire_at::text as expire_at, count(*) over ()::int as total
  from workers
  where account_id = $1 and deleted_at is null and rfid is not null and expire_at >= current_date - 1
  order by id desc limit $2`;

/** The lookup by card for the charging side. */
@Injectable()
export class CardsRepository {
  constructor(private readonly transactions: Transactions) {}

  async holder({ accountId, rfid, day }: CardQuery): Promise<CardHolder> {
    const on = day ?? new Date().toISOString().slice(0, 10);
    const params = [accountId, cardNumber(rfid), on];
    const found = await this.transactions.first<Card & CardWorker>(BY_CARD, params, 'cards.holder');
    const state = cardState(found, on);
    return { state, worker: found ? { id: found.id, name: found.name } : null };
  }

  async listed({ accountId, limit }: CardsQuery): Promise<ListedCards> {
    const rows = await this.transactions.query<ListedCard & { total: number }>(LISTED, [accountId, limit]);
    return { cards: rows.map(({ rfid, expire_at }) => ({ rfid, expire_at })), total: rows[0]?.total ?? 0 };
  }
}
