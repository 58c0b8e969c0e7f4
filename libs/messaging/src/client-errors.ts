import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';

const { ClosedConnectionError, ConnectionError, DrainingConnectionError, NoRespondersError } = errors;
const { InvalidArgumentError, PermissionViolationError, RequestError, TimeoutError } = errors;

/** How the broker says that it cannot work at present, and that it has no such thing. */
const [TEMPORARILY_UNAVAILABLE, NOT_FOUND] = [503, 404];

const TYPES = Object.values(errors);
const UNAVAILABLE = [TimeoutError, ClosedConnectionError, ConnectionError, DrainingConnectionError];

/** Whether an error is the client library's; its types have nothing in common. */
export const isClientError = (error: unknown): error is Error => TYPES.some((type) => error instanceof type);

/** Whether a request went out and nothing came back in time. */
export const isTimeout = (error: unknown): boolean => error instanceof TimeoutError;

/** Whether no process serves the subject of a request, which JetStream reports as one that is not enabled. */
export const isNoResponders = (error: unknown): boolean =>
  error instanceof NoRespondersError || (error instanceof Error && isNoResponders(error.cause));

/** Whether a message is larger than the broker takes, for which the client library has no type of its own. */
export const isTooLarge = (error: unknown): boolean =>
  error instanceof InvalidArgumentError && error.message.includes('max_payload');

/** Whether the broker does not allow it. */
export const isForbidden = (error: unknown): boolean =>
  error instanceof PermissionViolationError || (error instanceof RequestError && isForbidden(error.cause));

/** Whether JetStream has no such stream, consumer or message. */
export const isMissing = (error: unknown): boolean => error instanceof JetStreamApiError && error.status === NOT_FOUND;

/** Whether the broker is unavailable, as opposed to refusing what was asked. */
export function isBrokerUnavailable(error: unknown): boolean {
  if (error instanceof JetStreamApiError) return error.status === TEMPORARILY_UNAVAILABLE;
  if (error instanceof RequestError) return !isForbidden(error);
  return isNoResponders(error) || UNAVAILABLE.some((type) => error instanceof type);
}
