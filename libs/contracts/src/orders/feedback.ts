import { ApiProperty } from '../core/documentation';
import { ListQuery } from '../core/list-query';
import { operations, page, read, stream } from '../core/operation';
import { Id, Ref } from '../fields';
import { ChargePointFull } from '../stations/charge-point-full';
import { OrderRaw } from './order-shapes';

/** Who wrote a feedback; the names are empty where they are not known. */
export class FeedbackUser {
  @ApiProperty({ example: 1 }) id: number;
  @ApiProperty({ example: '' }) first_name: string;
  @ApiProperty({ example: '' }) last_name: string;
}

/** What a driver thinks of an order (reference L1050). */
export class Feedback {
  @ApiProperty({ example: 139 }) id: number;
  @ApiProperty({ example: 171 }) charge_point_order_id: number;
  @ApiProperty({ example: 1 }) user_id: number;
  /** Always null; the order is `charge_point_order_id`. */
  @ApiProperty({ nullable: true, type: Number, example: null }) order_id: number | null;
  @ApiProperty({ example: 'slow charging' }) feedback_msg: string;
  @ApiProperty({ example: '3.90' }) rating: string;
  @ApiProperty({ example: '2024-07-17T10:17:20.000000Z' }) insert_date: string;
  @ApiProperty({ example: '2024-07-22T07:17:30.000000Z' }) updated_at: string;
  /** 1: of a session that was completed. */
  @ApiProperty({ example: 1, enum: [0, 1] }) verified: 0 | 1;
  @ApiProperty({ type: OrderRaw }) charge_point_order: OrderRaw;
  /** Integrations look into it without asking. */
  @ApiProperty({ type: ChargePointFull }) charge_point: ChargePointFull;
  /** Mobile applications read the author here. */
  @ApiProperty({ type: FeedbackUser }) user: FeedbackUser;
}

/** The search looks into the messages. */
export class ListFeedback extends ListQuery {
  @Ref({ description: 'That of one power center alone.' }) charge_point_id?: number | null;
}

/** A feedback where the reference calls its parameter so (L1119). */
export class FeedbackRef {
  @Id() feedbackID: number;
}

/** Feedback on the caller's power centers. */
export const feedback = operations('orders.feedback', {
  /** One page, newest first. */
  table: read(ListFeedback, page(Feedback)),
  /** All rows, newest first. */
  all: stream(ListFeedback, Feedback),
  /** 404 for one of another account. */
  one: read(FeedbackRef, Feedback),
});
