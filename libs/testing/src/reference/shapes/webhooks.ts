import { format, id, int, iso, list, nullable, object, oneOfValues, pattern, string, text, url } from '../shape';
import type { Keys } from '../shape';

const keys = {
  id,
  url,
  description: string,
  events: list(text),
  status: oneOfValues('active', 'paused', 'disabled'),
  failing_since: nullable(iso),
  last_error: nullable(text),
  last_delivered_at: nullable(iso),
  created_at: iso,
  updated_at: iso,
} satisfies Keys;

const secret = pattern(/^whsec_[A-Za-z0-9+/]{43}=$/);

/** An endpoint in the list: never its secret. */
export const webhook = object(keys);
/** A new endpoint, or a new secret: the only time that it is shown. */
export const newWebhook = object({ ...keys, secret });
export const webhookSecret = object({ secret });

/** An event on its way to an endpoint. */
export const webhookDelivery = object({
  id: format('int'),
  event_id: text,
  type: text,
  sequence: nullable(int),
  status: oneOfValues('pending', 'delivered', 'failed'),
  attempts: int,
  response_status: nullable(int),
  error: nullable(text),
  created_at: iso,
  attempted_at: nullable(iso),
});
