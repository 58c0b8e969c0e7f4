import { id, iso, object, oneOfValues, s2, string } from '../shape';

/** A payout; `paied` is spelled as the reference spells it. */
export const payout = object({
  id,
  payout_id: string,
  payout_method_id: id,
  user_id: id,
  account_id: string,
  amount: s2,
  status: oneOfValues('pending', 'paied', 'failed'),
  response: string,
  created_at: iso,
  updated_at: iso,
});
