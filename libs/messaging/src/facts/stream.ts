import { type JetStreamManager, NatsError, nanos, type StreamConfig } from 'nats';

/** The streams that hold every fact of every service, and what charging back ends tell us. */
export const FACTS = 'FACTS';
export const CHARGING = 'CHARGING';
/** Where messages end that no consumer can digest. */
export const DEAD = 'DEAD';

const DAY = 24 * 60 * 60 * 1000;

const STREAMS: readonly (Partial<StreamConfig> & { name: string })[] = [
  // The window within which a fact that is relayed twice is dropped by the stream; beyond it the inbox drops it.
  { name: FACTS, subjects: ['facts.>'], max_age: nanos(30 * DAY), duplicate_window: nanos(10 * 60 * 1000) },
  { name: CHARGING, subjects: ['charging.>'], max_age: nanos(30 * DAY), duplicate_window: nanos(10 * 60 * 1000) },
  { name: DEAD, subjects: ['dead.>'], max_age: nanos(90 * DAY) },
];

/** Creates the streams where they are missing; replicas and limits that an operator changed are left alone. */
export async function ensureStreams(manager: JetStreamManager): Promise<void> {
  for (const config of STREAMS) {
    try {
      await manager.streams.info(config.name);
    } catch (error) {
      if (!(error instanceof NatsError) || error.api_error?.code !== 404) throw error;
      await manager.streams.add(config);
    }
  }
}
