import { SetMetadata } from '@nestjs/common';
import type { Fact, FactMeta } from '@open-cpo/contracts';
import type { ConsumerStart } from '../setup/declared';

export interface Consumption {
  readonly fact: Fact<unknown>;
  /** Name of the durable consumer: unique, kept for ever, `<service>-<what for>`. */
  readonly as: string;
  /** Where it starts when it is made; read from the sources by the setup of the broker. */
  readonly from?: ConsumerStart;
}

export const CONSUMPTION = Symbol('open-cpo:consumes');

/** Makes a method the consumer of a fact: at least once, in order, once per event in effect. */
export function Consumes<T>(fact: Fact<T>, { as, from }: { as: string; from?: ConsumerStart }) {
  return <F extends (payload: T, meta: FactMeta) => Promise<void>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    SetMetadata<symbol, Consumption>(CONSUMPTION, { fact: fact, as, from })(target, key, descriptor);
  };
}
