import { SetMetadata } from '@nestjs/common';
import type { DomainEvent, EventMeta } from '@open-cpo/contracts';
import { type ConsumerStart, FACTS } from './declared';
import type { BatchHandler } from './batch';

interface ConsumesOptions {
  /** Name of the durable consumer: unique, kept for ever, `<service>-<what for>`. */
  readonly as: string;
  /** Where it starts when it is made; the setup of the broker takes it from the app's declaration. */
  readonly from?: ConsumerStart;
}

/** A durable consumer as a decorator declares it. */
export interface Consumption extends ConsumesOptions {
  /** All of one stream. */
  readonly domainEvents: readonly DomainEvent<unknown>[];
  /** Covers all their subjects: `charging.session.>`. */
  readonly filter: string;
  /** Whether whatever has come is taken at once, in any order; otherwise one event after the other, in order. */
  readonly batch: boolean;
}

export const CONSUMPTION = Symbol('open-cpo:consumes');

/** The stream that all its events are of. */
export const streamOf = ({ domainEvents }: Consumption): string => domainEvents[0]?.stream ?? FACTS;

const declare =
  <H>(consumption: Consumption) =>
  <F extends H>(target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<F>): void => {
    SetMetadata<symbol, Consumption>(CONSUMPTION, consumption)(target, key, descriptor);
  };

/** Makes a method the consumer of an event: at least once, in order, once per event in effect. */
export const Consumes = <T>(domainEvent: DomainEvent<T>, options: ConsumesOptions) =>
  declare<(payload: T, meta: EventMeta) => Promise<void>>({
    ...options,
    domainEvents: [domainEvent],
    filter: domainEvent.filter,
    batch: false,
  });

/** Makes a method the consumer of events in batches, for streams too fast for one event after the other. */
export const ConsumesBatch = (
  domainEvents: readonly DomainEvent<unknown>[],
  options: ConsumesOptions & Pick<Consumption, 'filter'>,
) => declare<BatchHandler>({ ...options, domainEvents, batch: true });
