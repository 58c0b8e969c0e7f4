import type { DomainEvent } from './domain-event';
import type { AnyOperation } from './operation';

/** Operations of a resource, by their names. */
type Resource = Readonly<Record<string, AnyOperation>>;

/** An event, topic or link, of whatever aggregate or key. */
interface Filtered {
  readonly filter: string;
}

/** A durable consumer of a service. */
export interface ConsumerUse {
  /** Unique, kept for ever: `<service>-<what for>`. */
  readonly as: string;
  /** The event, or a filter for several. */
  readonly of: DomainEvent<unknown> | `facts.${string}.>` | `charging.${string}.>`;
  /** Whether many events are on their way at once (`@ConsumesBatch`). */
  readonly batch?: true;
  /** Where it starts when it is made: at the oldest event (`all`, the default), or at the first one after it. */
  readonly from?: 'all' | 'new';
}

/** A bucket of the object store. */
export interface StoreUse {
  readonly bucket: 'exports' | 'UPLOADS';
  /** Whether files are put there, too. */
  readonly writes: boolean;
}

/**
 * What an app does at the broker, beside serving its operations and publishing its events. The broker's permissions follow from it,
 * and the messaging library throws at once for anything else.
 */
export interface BrokerUses {
  /** Operations of other services, or resources: all of their operations but those of operators. */
  readonly calls?: readonly (AnyOperation | Resource)[];
  /** Events and topics that it listens to without a memory. */
  readonly watches?: readonly Filtered[];
  readonly consumes?: readonly ConsumerUse[];
  readonly stores?: readonly StoreUse[];
  /** Topics, and events of charging back ends. */
  readonly publishes?: readonly Filtered[];
  /** What its replicas hold alone and reach. */
  readonly links?: readonly Filtered[];
}

/** Some operations of a resource. */
export const only = <T extends Resource, N extends keyof T>(resource: T, ...names: readonly N[]): T[N][] =>
  names.map((name) => resource[name]);

/** The operations of `calls`, one by one. */
export const calledOperations = ({ calls = [] }: BrokerUses): AnyOperation[] =>
  calls.flatMap((one) => (isOperation(one) ? [one] : Object.values(one).filter(({ operator }) => !operator)));

const isOperation = (one: AnyOperation | Resource): one is AnyOperation => typeof one.subject === 'string';

/** What the broker calls the events of a consumer. */
export const filterOf = ({ of }: ConsumerUse): string => (typeof of === 'string' ? of : of.filter);
