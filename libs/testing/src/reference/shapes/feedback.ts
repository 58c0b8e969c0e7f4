import { bit, id, iso, nullable, object, open, s2, string, text } from '../shape';
import { orderRaw } from './orders';

/** A feedback entry; `charge_point` is an addition that integrations index without asking. */
export const feedback = object({
  id,
  charge_point_order_id: id,
  user_id: id,
  order_id: nullable(id),
  feedback_msg: string,
  rating: s2,
  insert_date: iso,
  updated_at: iso,
  verified: bit,
  charge_point_order: orderRaw,
  charge_point: open({ id, title: text }),
  user: open({ id, first_name: string, last_name: string }),
});
