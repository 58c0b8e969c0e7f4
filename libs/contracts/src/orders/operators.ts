import { ApiProperty } from '../core/documentation';
import { operations, read, write } from '../core/operation';
import { OperatorCommand } from '../core/operators';
import { Id, Instant, Int, Numeric, Pattern, Ref, Text } from '../fields';
import { ORDER_PAYMENTS, type OrderPayment } from './facts';

export class ReverseOrder extends OperatorCommand {
  @Id() orderId: number;
  @Text({ presence: 'required', max: 500 }) reason: string;
}

/** What the session really was; what is absent stays. */
export class CorrectOrder extends ReverseOrder {
  /** When a charger's clock was wrong. */
  @Instant({ asWritten: true }) started_at?: string | null;
  @Instant({ asWritten: true }) ended_at?: string | null;
  @Numeric({ description: 'Energy of the session in Wh.' }) energy_wh?: number | null;
}

/** An order after a command, in USD. */
export class OrderState {
  @ApiProperty() id: number;
  @ApiProperty() status: number;
  @ApiProperty() revision: number;
  @ApiProperty() price_usd: string;
  @ApiProperty() earning_usd: string;
}

export class ListHeldOrders extends OperatorCommand {
  /** Orders with greater ids only; absent: from the first. */
  @Ref() after?: number | null;
  @Int({ min: 1, max: 1000 }) limit?: number | null;
  /** Those with this flag, held or not; absent: those that are held. */
  @Text({ max: 100 }) flag?: string | null;
}

/** An order that an operator has to look at. */
export class HeldOrder {
  @ApiProperty() id: number;
  @ApiProperty() session_id: string;
  @ApiProperty() account_id: number;
  @ApiProperty() charge_point_id: number;
  @ApiProperty({ type: [String] }) flags: string[];
  @ApiProperty() started_at: string;
  /** Null while the session goes on. */
  @ApiProperty({ type: String, nullable: true }) ended_at: string | null;
  @ApiProperty() minutes: string;
  /** kWh. */
  @ApiProperty() energy: string;
}

export class HeldOrders {
  @ApiProperty({ type: [HeldOrder] }) orders: HeldOrder[];
}

/** A dead letter that is published with corrected contents. */
export class RecordCorrection extends OperatorCommand {
  @Int({ min: 1, presence: 'required' }) number: number;
  @Text({ presence: 'required' }) subject: string;
  @Text({ presence: 'required' }) event_id: string;
  @Text({ presence: 'required', max: 20_000 }) before: string;
  @Text({ presence: 'required', max: 20_000 }) after: string;
  @Text({ presence: 'required', max: 500 }) reason: string;
}

export class CorrectionRecorded {
  @ApiProperty() number: number;
}

const PLACE = /^(accounts|power-centers) (0|[1-9]\d{0,9})$/;

export class RebuildOrders extends OperatorCommand {
  /** Where the part before ended; absent: from the beginning. */
  @Pattern(PLACE, 'The :attribute field must be what the part before answered.') after?: string | null;
}

/** A part of all. */
export class Rebuilt {
  /** Accounts and power centers gone through. */
  @ApiProperty() rows: number;
  /** Those whose counts or sums were wrong, and are right now. */
  @ApiProperty() corrected: number;
  /** Where to go on; null at the end. */
  @ApiProperty({ type: String, nullable: true }) next: string | null;
}

export class RelearnPowerCenters extends OperatorCommand {
  /** Power centers with greater ids only; absent: from the first. */
  @Ref() after?: number | null;
}

export class PowerCentersRelearned {
  /** Power centers gone through. */
  @ApiProperty() rows: number;
  /** Those that were not as stations has them, and are now. */
  @ApiProperty() corrected: number;
  /** Where to go on; null at the end. */
  @ApiProperty({ type: Number, nullable: true }) next: number | null;
}

export class CompletedAfter {
  /** Orders with greater ids only. */
  @Int({ min: 0 }) after?: number | null;
}

/** A completed order as the ledger has to know it: the contents of its last `OrderCompleted`. */
export class CompletedOrder {
  @ApiProperty() order_id: number;
  @ApiProperty() account_id: number;
  @ApiProperty() revision: number;
  @ApiProperty() price_usd: string;
  @ApiProperty() earning_usd: string;
  @ApiProperty() fees_usd: string;
  @ApiProperty({ enum: ORDER_PAYMENTS }) payment: OrderPayment;
  @ApiProperty({ type: String, nullable: true }) currency?: string | null;
  @ApiProperty({ type: String, nullable: true }) rate?: string | null;
  @ApiProperty({ type: String, nullable: true }) earning_amount?: string | null;
}

/** All completed orders of a range of ids: above `after` up to `upTo`. */
export class CompletedOrders {
  @ApiProperty({ type: [CompletedOrder] }) orders: CompletedOrder[];
  @ApiProperty() upTo: number;
  /** There are no orders with greater ids. */
  @ApiProperty() last: boolean;
}

export class LoadOrders extends OperatorCommand {
  @Id() accountId: number;
  @Int({ min: 1, max: 10_000, presence: 'required' }) count: number;
}

export class LoadedOrders {
  @ApiProperty() loaded: number;
}

const operator = { operator: true, deadline: 120_000 } as const;

/** What the platform's own staff can do about orders; no route leads here. */
export const ordersOperators = operations('orders.operators', {
  /** Takes a completed order back whole. */
  reverse: write(ReverseOrder, OrderState, { ...operator, audit: 'orders.reverse' }),
  /** Completes an order, whatever its state, by what is true and the prices that were in force; a complete one is taken back first. */
  correct: write(CorrectOrder, OrderState, { ...operator, audit: 'orders.correct' }),
  /** Orders that wait for an operator, or that have a flag. */
  held: read(ListHeldOrders, HeldOrders, operator),
  /** Releases an order with the values of its session. */
  release: write(ReverseOrder, OrderState, { ...operator, audit: 'orders.release' }),
  /** Completes an order in any other state with what its session has reported so far. */
  settle: write(ReverseOrder, OrderState, { ...operator, audit: 'orders.settle' }),
  /** Ends an order, whatever its state, that nothing is to be paid for; a complete one is taken back. */
  void: write(ReverseOrder, OrderState, { ...operator, audit: ['orders.void', 'orders.reverse'] }),
  /** Writes a dead letter and its corrected contents into the audit log. */
  recordCorrection: write(RecordCorrection, CorrectionRecorded, { ...operator, audit: 'dead-letters.correct' }),
  /** Recounts orders, feedback and earnings of the next accounts or power centers from the orders themselves. */
  rebuild: write(RebuildOrders, Rebuilt, { ...operator, audit: 'orders.rebuild' }),
  /** Has stations publish the next power centers again. */
  relearn: write(RelearnPowerCenters, PowerCentersRelearned, { ...operator, audit: 'orders.relearn-power-centers' }),
  /** A range of completed orders, for the proof of the ledger. */
  completed: read(CompletedAfter, CompletedOrders, operator),
  /** Generates completed orders for measurements of lists; they are not published. Refused in production. */
  load: write(LoadOrders, LoadedOrders, {
    ...operator,
    audit: false,
    reason: 'Rows of a benchmark are no change of an account.',
  }),
});
