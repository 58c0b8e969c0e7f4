import { jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { orMissing } from '@open-cpo/messaging';

/** What the services tell each other; made anew by the setup of the broker. */
const FACTS = 'FACTS';
/** What charging back ends tell; what is in it cannot be had again from anywhere else. */
const CHARGING = 'CHARGING';

/** What was there of it. */
export interface StreamsReset {
  /** Events that were forgotten. */
  readonly facts: number;
  /** Consumers of charging events that begin anew. */
  readonly consumers: readonly string[];
}

/**
 * Forgets what services told each other, and lets every consumer of charging events begin with the oldest one. Services
 * that run wait until the broker is set up again; what they handled already they drop.
 */
export async function resetStreams(nats: NatsConnection): Promise<StreamsReset> {
  const { streams, consumers } = await jetstreamManager(nats);
  const info = await orMissing(streams.info(FACTS));
  if (info) await streams.delete(FACTS);
  const names = ((await orMissing(consumers.list(CHARGING).next())) ?? []).map(({ name }) => name);
  for (const name of names) await consumers.delete(CHARGING, name);
  return { facts: info?.state.messages ?? 0, consumers: names };
}
