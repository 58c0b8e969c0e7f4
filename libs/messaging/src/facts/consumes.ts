import { SetMetadata } from '@nestjs/common';
import type { Fact, FactMeta } from '@open-cpo/contracts';

export interface Consumption {
  readonly fact: Fact<unknown>;
  /** Name of the durable consumer: unique, kept for ever, `<service>-<what for>`. */
  readonly as: string;
}

export const CONSUMPTION = Symbol('open-cpo:consumes');

/** Makes a method the consumer of a fact: at least once, in order, once per event in effect. */
export function Consumes<T>(fact: Fact<T>, { as }: { as: string }) {
  return <F extends (payload: T, meta: FactMeta) => Promise<void>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    SetMetadata<symbol, Consumption>(CONSUMPTION, { fact: fact, as })(target, key, descriptor);
  };
}
