import { ApiProperty } from '../core/documentation';
import { job } from '../core/domain-event';
import { ListQuery } from '../core/list-query';
import { nothing, operations, page, read, stream, write } from '../core/operation';
import { Id, Ref } from '../fields';

/** As the reference spells them. */
export const PAYOUT_STATES = ['pending', 'paied', 'failed'] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];

/** Money on its way to an owner, arrived there, or come back. */
export class Payout {
  @ApiProperty({ example: 15 }) id: number;
  /** The number under which the provider knows it. */
  @ApiProperty({ example: '15' }) payout_id: string;
  @ApiProperty({ example: 1 }) payout_method_id: number;
  /** Who asked for it. */
  @ApiProperty({ example: 1 }) user_id: number;
  /** The account it goes to, as far as that may be shown. */
  @ApiProperty({ example: 'acct_1PnynuR7qdScojsdf56' }) account_id: string;
  /** In the viewer's currency; in the one that it was asked for, at the rate of that moment. */
  @ApiProperty({ example: '341.67' }) amount: string;
  @ApiProperty({ example: 'paied', enum: PAYOUT_STATES }) status: string;
  /** What the provider said last. */
  @ApiProperty({ example: 'Transfer tr_1Abc' }) response: string;
  @ApiProperty({ example: '2024-08-14T17:16:25.000000Z' }) created_at: string;
  @ApiProperty({ example: '2024-08-14T17:16:25.000000Z' }) updated_at: string;
}

/** No search: there is nothing to look for. */
export class ListPayouts extends ListQuery {}

export class RequestPayout {
  @Ref({ presence: 'required', example: 1, description: 'Id of a payout method that the account has added.' })
  payoutMethod: number;
}

export class PayoutRef {
  @Id() id: number;
}

export class PayoutProgress {
  @ApiProperty({ enum: PAYOUT_STATES }) status: PayoutState;
}

/** Has the provider asked for one payout; the queue holds its number alone. */
export class ExecutePayout extends PayoutRef {}

export const payoutsPayouts = operations('payouts.payouts', {
  /** Newest first. */
  table: read(ListPayouts, page(Payout)),
  all: stream(ListPayouts, Payout),
  /** Of the whole balance, in whole units of what is transferred. One at a time: refuses `validation_failed` while another is pending. */
  request: write(RequestPayout, nothing, { audit: 'payouts.create' }),
  /**
   * Asks the provider and settles by what it says. Not `write`: no transaction stays open while a provider thinks. As
   * often as it is asked, the owner is paid once. Refuses `not_found`, and `service_unavailable` for an answer that
   * never came, which says nothing: it is asked again.
   */
  execute: read(PayoutRef, PayoutProgress, { deadline: 30_000 }),
});

/** Tried for about three hours; what is still pending then is queued again by its row. */
export const executePayout = job('payouts', ExecutePayout, 12, 5000);
