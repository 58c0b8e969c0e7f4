import type { Msg, MsgHdrs, NatsConnection } from '@nats-io/transport-node';
import type { AnyOperation } from '@open-cpo/contracts';
import type { Broker } from '../broker';
import { STREAM_SILENCE } from '../call/timeouts';
import { callerApp } from '../proof/inboxes';
import { HEADER, NO_BYTES, written } from '../wire';

export const replyHeaders = (values: Readonly<Record<string, string>>): MsgHdrs => written(values);

/** An answer that does not fit one message. */
export interface LongAnswer {
  readonly nats: NatsConnection;
  readonly broker: Broker;
  readonly message: Msg;
  readonly operation: AnyOperation;
  /** The app that called, and that alone may fetch. */
  readonly app: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Announces on which subject of our own an answer waits. Answers the inbox of the caller to send it to, or nothing when
 * the caller has gone.
 */
export async function fetched(answer: LongAnswer): Promise<string | undefined> {
  const { nats, broker, message, operation, app, headers = {} } = answer;
  const from = broker.inbox(app);
  const fetching = nats.subscribe(from, { max: 1, timeout: STREAM_SILENCE });
  message.respond(NO_BYTES, { headers: replyHeaders({ [HEADER.fetch]: from, ...headers }) });
  try {
    for await (const { reply } of fetching) {
      return callerApp(operation.service, reply) === app ? reply : undefined;
    }
  } catch {
    // Nobody fetched it in time.
  }
  return undefined;
}
