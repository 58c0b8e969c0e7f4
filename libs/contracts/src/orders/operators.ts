import { ApiProperty } from '@nestjs/swagger';
import { operations, write } from '../core/operation';
import { OperatorCommand } from '../core/operators';
import { Id, Int, Numeric, Pattern, Ref, Text } from '../fields';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

export class ReverseOrder extends OperatorCommand {
  @Id() orderId: number;
  @Text({ presence: 'required', max: 500 }) reason: string;
}

/** What the session really was; what is absent stays. */
export class CorrectOrder extends ReverseOrder {
  @Pattern(INSTANT, 'The :attribute field must be an ISO 8601 instant.') ended_at?: string | null;
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
  reverse: write(ReverseOrder, OrderState, operator),
  /** Takes it back and completes it anew, by the prices that were in force. */
  correct: write(CorrectOrder, OrderState, operator),
  /** Counts orders, feedback and earnings of the next accounts or power centers anew, from the orders themselves. */
  rebuild: write(RebuildOrders, Rebuilt, operator),
  /** Has stations tell again what the next power centers are. */
  relearn: write(RelearnPowerCenters, PowerCentersRelearned, operator),
  /** Makes completed orders up, to measure lists with: no other service hears of them. Refused in production. */
  load: write(LoadOrders, LoadedOrders, operator),
});
