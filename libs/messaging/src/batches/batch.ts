import type { Fact, FactMeta } from '@open-cpo/contracts';
import { type ConsumerStart, FACTS } from '../setup/declared';

/** One event of a batch, read and validated. */
export interface BatchEvent<T = unknown> {
  readonly fact: Fact<T>;
  readonly payload: T;
  readonly meta: FactMeta;
}

/** An event that no further try will help; it goes to the dead. */
export interface Unfit {
  readonly eventId: string;
  readonly reason: string;
}

/** What is consumed in batches, and by whom. */
export interface BatchOptions {
  /** Name of the durable consumer: unique, kept for ever, `<service>-<what for>`. */
  readonly as: string;
  /** Where it starts when it is made; read from the sources by the setup of the broker. */
  readonly from?: ConsumerStart;
  /** All of one stream. */
  readonly facts: readonly Fact<unknown>[];
  /** Covers all their subjects: `charging.session.>`. */
  readonly filter: string;
  /**
   * Deals with events in one transaction, each at least once and in any order. What it throws concerns the batch: trouble
   * around us is waited out, anything else is narrowed down to the events at fault. What it returns is set aside.
   */
  readonly handle: (events: readonly BatchEvent[]) => Promise<readonly Unfit[]>;
}

/** The stream that all its facts are of. */
export const streamOf = ({ facts }: BatchOptions): string => facts[0]?.stream ?? FACTS;

/** Whether an event of this type came, with its type. */
export const isOf = <T>(event: BatchEvent, fact: Fact<T>): event is BatchEvent<T> =>
  event.fact.subject === fact.subject;
