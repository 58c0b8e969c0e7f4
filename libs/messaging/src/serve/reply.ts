import { headers, type Msg, type MsgHdrs, type NatsConnection } from 'nats';
import { STREAM_SILENCE } from '../call/timeouts';
import { HEADER, NO_BYTES } from '../wire';

export function replyHeaders(values: Record<string, string>): MsgHdrs {
  const head = headers();
  for (const [name, value] of Object.entries(values)) head.set(name, value);
  return head;
}

/** Announces on which subject (`from`) an answer waits that does not fit one message, and sends it to who fetches it in time. */
export async function largeReply(
  nats: NatsConnection,
  from: string,
  message: Msg,
  replayed: boolean,
  send: (to: string) => Promise<void>,
): Promise<void> {
  const fetching = nats.subscribe(from, { max: 1, timeout: STREAM_SILENCE });
  const head = replyHeaders({ [HEADER.fetch]: from, ...(replayed ? { [HEADER.replayed]: '1' } : {}) });
  message.respond(NO_BYTES, { headers: head });
  try {
    for await (const request of fetching) await send(request.reply ?? '');
  } catch {
    // Nobody fetched it: the caller has gone.
  }
}
