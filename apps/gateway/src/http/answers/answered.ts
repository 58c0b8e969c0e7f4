import type { Envelope } from './success';

/** An answer of a route that decides its envelope itself. */
export class Answered {
  constructor(
    readonly value: unknown,
    readonly envelope: Envelope,
  ) {}
}
