import { AckPolicy, type Consumer, DeliverPolicy, NatsError, nanos, type NatsConnection } from 'nats';
import { ensureStreams } from '../facts/stream';
import type { BatchOptions } from './batch';

/** Milliseconds after which a replica that gives no sign of life counts as dead. */
export const HANDLING = 10_000;
/** Events on their way to replicas and not yet dealt with. */
const MOST_PENDING = 4000;

/** The stream that all its facts are of. */
export const streamOf = ({ facts }: BatchOptions): string => facts[0]?.stream ?? 'FACTS';

/** The durable consumer, made where it is missing; limits that an operator changed are left alone. */
export async function ensureConsumer(nats: NatsConnection, options: BatchOptions): Promise<Consumer> {
  const { as, filter } = options;
  const stream = streamOf(options);
  const manager = await nats.jetstreamManager();
  await ensureStreams(manager);
  try {
    await manager.consumers.info(stream, as);
  } catch (error) {
    if (!(error instanceof NatsError) || error.api_error?.code !== 404) throw error;
    await manager.consumers.add(stream, {
      durable_name: as,
      filter_subject: filter,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: DeliverPolicy.All,
      max_ack_pending: MOST_PENDING,
      ack_wait: nanos(HANDLING),
    });
  }
  return nats.jetstream().consumers.get(stream, as);
}
