import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, operations, read, write } from '../core/operation';
import { OperatorCommand } from '../core/operators';
import { Bool, Id, Int, Json, Text } from '../fields';
import type { CompletedOrder } from '../orders/operators';
import { PayoutProgress } from './payouts';

/** The whole ledger, added up. */
export class LedgerProof {
  @ApiProperty() transactions: number;
  @ApiProperty() postings: number;
  /** Empty when everything agrees; else the first thing that does not. */
  @ApiProperty() discrepancy: string;
}

/** What orders says of a range of ids, to compare the ledger with. */
export class CompareOrders {
  @Int({ min: 0, presence: 'required' }) after: number;
  @Int({ min: 0, presence: 'required' }) upTo: number;
  /** There are no orders with greater ids. */
  @Bool({ presence: 'required' }) last: boolean;
  @Json({ presence: 'required' }) orders: CompletedOrder[];
}

export class ComparedOrders {
  /** Empty when everything agrees; else the first thing that does not. */
  @ApiProperty() discrepancy: string;
}

/** A payout that waits, with what is needed to make it by hand. */
export class PendingPayout {
  @ApiProperty() id: number;
  @ApiProperty() account_id: number;
  @ApiProperty() method: string;
  /** As the owner saw it. */
  @ApiProperty() amount: string;
  @ApiProperty() currency: string;
  @ApiProperty() amount_usd: string;
  @ApiProperty() requested_at: string;
  @ApiProperty() tries: number;
  @ApiProperty() response: string;
}

/** Whom a payout by hand goes to, unmasked. */
export class PayoutRecipient {
  @ApiProperty() fullname: string;
  @ApiProperty() userType: string;
  @ApiProperty() address: string;
  @ApiProperty() TIN: string;
  @ApiProperty() id: string;
  @ApiProperty() email: string;
  @ApiProperty() accountNumber: string;
  @ApiProperty() bic: string;
}

export class PayoutCommand extends OperatorCommand {
  @Id() id: number;
}

export class ConfirmPayout extends PayoutCommand {
  /** The bank's reference of the transfer. */
  @Text({ presence: 'required', max: 200 }) reference: string;
}

export class RejectPayout extends PayoutCommand {
  /** Shown to the owner. */
  @Text({ presence: 'required', max: 200 }) reason: string;
}

const operator = { operator: true, deadline: 120_000 } as const;

/** What the platform's own staff can do about payouts; no route leads here. */
export const payoutsOperators = operations('payouts.operators', {
  prove: read(Nothing, LedgerProof, operator),
  /** Whether what the ledger has of a range of orders is what orders says of them. */
  compare: read(CompareOrders, ComparedOrders, operator),
  /** Oldest first, a hundred at most. */
  pending: read(Nothing, list(PendingPayout), operator),
  /** Leaves an entry in the audit log. */
  recipient: write(PayoutCommand, PayoutRecipient, { ...operator, audit: 'payouts.read-recipient' }),
  /** A bank transfer was made. Refuses `conflict` for payouts that a provider makes, or that are settled. */
  confirm: write(ConfirmPayout, PayoutProgress, { ...operator, audit: 'payouts.confirm' }),
  /** It cannot be made: the money is the owner's again. Refuses like `confirm`. */
  reject: write(RejectPayout, PayoutProgress, { ...operator, audit: 'payouts.reject' }),
});
