import { type Feedback, isoMoment, ORDER_STATUS } from '@open-cpo/contracts';
import { type ChargePointColumns, chargePointView, type Viewer } from '../charge-points/charge-point.view';
import { type RawOrder, rawView } from '../orders/order.views';

/** A feedback with its order and its power center, as lists select it. */
export type ShownFeedback = RawOrder &
  ChargePointColumns & {
    readonly feedback_id: number;
    readonly author_id: number;
    readonly message: string;
    readonly rating: string;
    readonly written_at: Date;
    readonly rewritten_at: Date;
  };

/** In the documented order (reference L1050), with the power center that integrations look for after it. */
export const feedbackView = (row: ShownFeedback, viewer: Viewer): Feedback => ({
  id: row.feedback_id,
  charge_point_order_id: row.id,
  user_id: row.author_id,
  order_id: null,
  feedback_msg: row.message,
  rating: row.rating,
  insert_date: isoMoment(row.written_at),
  updated_at: isoMoment(row.rewritten_at),
  verified: row.status === ORDER_STATUS.completed ? 1 : 0,
  charge_point_order: rawView(row, viewer),
  charge_point: chargePointView(row, viewer),
  // Drivers are users of another system, which names them by their id alone.
  user: { id: row.author_id, first_name: '', last_name: '' },
});
