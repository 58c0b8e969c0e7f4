import { Refusal } from '@open-cpo/contracts';

/** A bulkhead: limits concurrent calls and the queue of waiting ones; further ones are refused with `Retry-After`. */
export class Gate {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly most: number,
    private readonly queue: number,
  ) {}

  /** @throws Refusal `service_unavailable` when too many wait. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.most) {
      if (this.waiting.length >= this.queue) throw new Refusal('service_unavailable', { cause: 'too many passwords' });
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    } else this.running += 1;
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running -= 1;
    }
  }
}
