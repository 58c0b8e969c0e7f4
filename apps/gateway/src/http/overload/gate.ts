import type { RouteClass } from './route-class';

/** Why a request was refused before it was looked at. */
export type ShedReason = 'full' | 'delay';

/** The place for the requests of one class. */
export class Gate {
  inFlight = 0;

  constructor(
    readonly of: RouteClass,
    private readonly places: number,
    /** Milliseconds of delay of the event loop from which on there is none. */
    private readonly delay: number,
  ) {}

  /** Why there is no place for one more, if so. */
  closed(delay: number): ShedReason | undefined {
    if (this.inFlight >= this.places) return 'full';
    return delay > this.delay ? 'delay' : undefined;
  }
}
