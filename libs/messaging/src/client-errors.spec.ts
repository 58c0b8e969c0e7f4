import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';
import {
  isBrokerUnavailable,
  isClientError,
  isForbidden,
  isMissing,
  isNoResponders,
  isTooLarge,
} from './client-errors';

const { ClosedConnectionError, NoRespondersError, PermissionViolationError, RequestError, TimeoutError } = errors;

const noResponders = new NoRespondersError('facts.x');
const forbidden = new PermissionViolationError('not allowed', 'publish', 'facts.x');
const tooLarge = errors.InvalidArgumentError.format('payload', 'max_payload size exceeded');
const answered = (code: number): Error => new JetStreamApiError({ code, err_code: 10_000 + code, description: 'no' });
const caused = (cause: Error): Error => new RequestError(cause.message, { cause });

describe('an error of the NATS client', () => {
  it.each([
    ['no answer in time', new TimeoutError()],
    ['no responders', noResponders],
    ['no responders to a request', caused(noResponders)],
    ['no JetStream', new Error('jetstream is not enabled', { cause: caused(noResponders) })],
    ['a closed connection', new ClosedConnectionError()],
    ['a connection that broke', new RequestError('connection disconnected')],
    ['JetStream without a leader', answered(503)],
  ])('means that the broker is unavailable: %s', (_, error) => {
    expect(isBrokerUnavailable(error)).toBe(true);
  });

  it.each([
    ['a forbidden request', caused(forbidden)],
    ['a forbidden subject', forbidden],
    ['a message that is too large', tooLarge],
    ['a stream that is missing', answered(404)],
    ['an error of ours', new TypeError('x is undefined')],
    ['nothing', undefined],
  ])('does not mean that: %s', (_, error) => {
    expect(isBrokerUnavailable(error)).toBe(false);
  });

  it('is recognised by its type', () => {
    expect([forbidden, caused(forbidden), noResponders].map(isForbidden)).toEqual([true, true, false]);
    expect([noResponders, caused(noResponders), forbidden].map(isNoResponders)).toEqual([true, true, false]);
    expect([answered(404), answered(400), noResponders].map(isMissing)).toEqual([true, false, false]);
    expect([tooLarge, new TypeError('max_payload')].map(isTooLarge)).toEqual([true, false]);
    expect([tooLarge, forbidden, new TypeError('x')].map(isClientError)).toEqual([true, true, false]);
  });
});
