import { AckPolicy, type ConsumerConfig, DeliverPolicy } from '@nats-io/jetstream';
import type { StreamDeclaration } from '@open-cpo/messaging';
import { nanos } from '@nats-io/transport-node';

/** The streams of every event of every service, and of what charging back ends publish. */
export const FACTS = 'FACTS';
export const CHARGING = 'CHARGING';
/** The dead letter queue. */
export const DEAD = 'DEAD';

const MINUTE_MS = 60 * 1000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** The window within which the stream drops an event that is relayed twice; beyond it the inbox drops it. */
const DUPLICATE_WINDOW_MS = 10 * MINUTE_MS;
/** The broker's least: ids of charging back ends are their own, so that the inbox alone recognises a repetition. */
const NO_WINDOW_MS = 100;

/** Streams of events. */
export const streams: readonly StreamDeclaration[] = [
  {
    name: FACTS,
    subjects: ['facts.>'],
    max_age: nanos(30 * DAY_MS),
    duplicate_window: nanos(DUPLICATE_WINDOW_MS),
  },
  {
    name: CHARGING,
    subjects: ['charging.>'],
    max_age: nanos(30 * DAY_MS),
    duplicate_window: nanos(NO_WINDOW_MS),
  },
  { name: DEAD, subjects: ['dead.>'], max_age: nanos(90 * DAY_MS) },
];

/**
 * Where a durable consumer starts when it is made: `all` at the oldest event that the stream has, which read models need;
 * `new` at the first event after it. What notifies people is `new`: they are not to get a month of events because a version
 * with a new consumer was installed.
 */
export type ConsumerStart = 'all' | 'new';

/** A durable pull consumer. */
export interface ConsumerDeclaration {
  /** Unique, kept for ever: `<service>-<what for>`. */
  readonly as: string;
  readonly stream: string;
  readonly filter: string;
  /** Whether many events are on their way at once; otherwise one after the other, in order. */
  readonly batch?: boolean;
  /** `all` when it does not say. */
  readonly from?: ConsumerStart;
}

/** Milliseconds after which a replica that gives no sign of life counts as dead. */
export const HANDLING_MS = 10_000;
/** Events of a batch consumer that are on their way to replicas and not yet dealt with. */
const BATCH_PENDING = 4000;

export const consumerConfig = ({ as, filter, batch = false, from }: ConsumerDeclaration): Partial<ConsumerConfig> => ({
  durable_name: as,
  filter_subject: filter,
  ack_policy: AckPolicy.Explicit,
  deliver_policy: from === 'new' ? DeliverPolicy.New : DeliverPolicy.All,
  max_ack_pending: batch ? BATCH_PENDING : 1,
  ack_wait: nanos(HANDLING_MS),
});
