import { NatsError, type NatsConnection } from 'nats';

/** What the services tell each other; made anew by the setup of the broker. */
const FACTS = 'FACTS';
/** What charging back ends tell; what is in it cannot be had again from anywhere else. */
const CHARGING = 'CHARGING';
const NOT_FOUND = 404;

/** What was there of it. */
export interface StreamsReset {
  /** Facts that were forgotten. */
  readonly facts: number;
  /** Consumers of charging events that begin anew. */
  readonly consumers: readonly string[];
}

/**
 * Forgets what services told each other, and lets every consumer of charging events begin with the oldest one. Services
 * that run wait until the broker is set up again; what they handled already they drop.
 */
export async function resetStreams(nats: NatsConnection): Promise<StreamsReset> {
  const { streams, consumers } = await nats.jetstreamManager();
  const info = await orMissing(streams.info(FACTS));
  if (info) await streams.delete(FACTS);
  const names = ((await orMissing(consumers.list(CHARGING).next())) ?? []).map(({ name }) => name);
  for (const name of names) await consumers.delete(CHARGING, name);
  return { facts: info?.state.messages ?? 0, consumers: names };
}

/** The broker may not be set up yet. */
async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NatsError && error.api_error?.code === NOT_FOUND) return undefined;
    throw error;
  }
}
