import { Refusal } from '@open-cpo/contracts';
import { jetstreamManager, type JetStreamManagerOptions } from '@nats-io/jetstream';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { isMissing, isNoResponders } from '@open-cpo/messaging';

/** Where a bucket is asked for. */
export interface StorePlace {
  readonly nats: NatsConnection;
  readonly api: JetStreamManagerOptions;
}

/** Milliseconds that the broker has for one message. */
const TIMEOUT_MS = 5000;

/**
 * One message of the bucket by its place, or the latest one of `.<subject>`; nothing when there is none. No consumer is
 * made for it, so that nothing is left at the broker when a reader dies.
 * @throws Refusal `service_unavailable` when the broker does not answer
 */
export async function stored(
  at: StorePlace,
  stream: string,
  ofSubject: string,
  place?: object,
): Promise<Uint8Array | undefined> {
  const asked = place ? JSON.stringify(place) : '';
  const { apiPrefix = '$JS.API' } = at.api;
  let answer: Msg;
  try {
    answer = await at.nats.request(`${apiPrefix}.DIRECT.GET.${stream}${ofSubject}`, asked, { timeout: TIMEOUT_MS });
  } catch (cause) {
    if (await isBucketGone(at, stream, cause)) return undefined;
    throw new Refusal('service_unavailable', { cause });
  }
  const code = answer.headers?.code ?? 0;
  if (code === 404) return undefined;
  if (code >= 300) throw new Refusal('service_unavailable', { cause: `the broker says ${code}` });
  return answer.data;
}

/** There is no response for a deleted bucket, nor while its server is unavailable; the other servers know which it is. */
async function isBucketGone({ nats, api }: StorePlace, stream: string, error: unknown): Promise<boolean> {
  if (!isNoResponders(error)) return false;
  try {
    await (await jetstreamManager(nats, api)).streams.info(stream);
    return false;
  } catch (reason) {
    return isMissing(reason);
  }
}
