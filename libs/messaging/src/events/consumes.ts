import { SetMetadata } from '@nestjs/common';
import type { DomainEvent, EventMeta } from '@open-cpo/contracts';
import type { ConsumerStart } from '../setup/declared';

export interface Consumption {
  readonly domainEvent: DomainEvent<unknown>;
  /** Name of the durable consumer: unique, kept for ever, `<service>-<what for>`. */
  readonly as: string;
  /** Where it starts when it is made; read from the sources by the setup of the broker. */
  readonly from?: ConsumerStart;
}

export const CONSUMPTION = Symbol('open-cpo:consumes');

/** Makes a method the consumer of an event: at least once, in order, once per event in effect. */
export function Consumes<T>(domainEvent: DomainEvent<T>, { as, from }: { as: string; from?: ConsumerStart }) {
  return <F extends (payload: T, meta: EventMeta) => Promise<void>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    SetMetadata<symbol, Consumption>(CONSUMPTION, { domainEvent: domainEvent, as, from })(target, key, descriptor);
  };
}
