import { Injectable } from '@nestjs/common';
import { type Batched, type FeedbackGiven, type ListFeedback, type Page } from '@open-cpo/contracts';
import { allOf, type List, pageOf, Transactions } from '@open-cpo/persistence';
import * as sql from './feedback.queries';
import type { ShownFeedback } from './feedback.views';

/** Every query that shows feedback. */
@Injectable()
export class FeedbackRepository {
  constructor(private readonly transactions: Transactions) {}

  page(query: ListFeedback, accountId: number): Promise<Page<ShownFeedback>> {
    return pageOf<ShownFeedback>(this.transactions, list(query, accountId));
  }

  all(query: ListFeedback, accountId: number): Batched<ShownFeedback> {
    return allOf<ShownFeedback>(this.transactions, list(query, accountId));
  }

  one(id: number, accountId: number): Promise<ShownFeedback | undefined> {
    return this.transactions.first<ShownFeedback>(sql.ONE, [id, accountId], 'feedback.one');
  }

  /** On one power center, by id. */
  ratings(chargePointId: number): Batched<FeedbackGiven> {
    return this.transactions.rows<FeedbackGiven>(sql.RATINGS, [chargePointId]);
  }
}

const list = (query: ListFeedback, accountId: number): List => ({
  select: sql.SHOWN,
  from: sql.FROM,
  countFrom: 'feedback f',
  ...(query.charge_point_id
    ? { where: 'f.account_id = $1 and f.charge_point_id = $2', params: [accountId, query.charge_point_id] }
    : { where: 'f.account_id = $1', params: [accountId], total: sql.TOTAL }),
  // What is searched for is found by its text and then sorted.
  order: query.search ? 'f.id + 0 desc' : 'f.id desc',
  searchIn: 'f.search_text',
  query,
});
