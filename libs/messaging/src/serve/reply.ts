import type { Msg, MsgHdrs, NatsConnection } from 'nats';
import { STREAM_SILENCE } from '../call/timeouts';
import { HEADER, NO_BYTES, written } from '../wire';

export const replyHeaders = (values: Readonly<Record<string, string>>): MsgHdrs => written(values);

/**
 * Announces on which subject (`from`) an answer waits that does not fit one message. Answers where to send it, or
 * nothing when the caller has gone.
 */
export async function fetched(
  nats: NatsConnection,
  from: string,
  message: Msg,
  headers: Readonly<Record<string, string>> = {},
): Promise<string | undefined> {
  const fetching = nats.subscribe(from, { max: 1, timeout: STREAM_SILENCE });
  message.respond(NO_BYTES, { headers: replyHeaders({ [HEADER.fetch]: from, ...headers }) });
  try {
    for await (const request of fetching) return request.reply;
  } catch {
    // Nobody fetched it in time.
  }
  return undefined;
}
