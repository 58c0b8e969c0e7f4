import { Injectable } from '@nestjs/common';
import type { CardHolder, CardQuery, CardWorker } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { type Card, cardState } from './card.rules';

/** Whoever has the card now, else whoever had it last. */
export const BY_CARD = `
  select id, first_name || ' ' || last_name as name, expire_at::text as expire_at, deleted_at is not null as removed
  from workers where account_id = $1 and rfid = $2 order by deleted_at desc nulls first limit 1`;

/** The lookup by card for the charging side. */
@Injectable()
export class CardsRepository {
  constructor(private readonly transactions: Transactions) {}

  async holder({ accountId, rfid, day }: CardQuery): Promise<CardHolder> {
    const params = [accountId, rfid.toUpperCase()];
    const found = await this.transactions.first<Card & CardWorker>(BY_CARD, params, 'cards.holder');
    const state = cardState(found, day ?? new Date().toISOString().slice(0, 10));
    return { state, worker: found ? { id: found.id, name: found.name } : null };
  }
}
