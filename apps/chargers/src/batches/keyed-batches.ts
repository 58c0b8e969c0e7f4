/** Items that are worked on together, and how many batches at once: a process has few connections that write. */
const MAX_TOGETHER = 64;
const AT_ONCE = 2;

interface Waiting<T> {
  readonly item: T;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface BatchWork<T> {
  /** Items with the same key are never in one batch, and keep their order. */
  readonly key: (item: T) => number;
  /** Works on all or none; answers those that have to be worked on alone. */
  readonly together: (items: readonly T[]) => Promise<readonly T[]>;
  readonly alone: (item: T) => Promise<void>;
}

/**
 * Collects what comes while other work is under way: an idle process waits for nothing, a busy one commits once for many. When a
 * batch fails each of its items is worked on alone, so that it is an error of the one at fault.
 */
export class KeyedBatches<T> {
  private waiting: Waiting<T>[] = [];
  private running = 0;
  private scheduled = false;

  constructor(private readonly work: BatchWork<T>) {}

  /** Done when the item is, and fails as it does. */
  add(item: T): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  /** What else comes in this turn of the event loop is taken along. */
  private schedule(): void {
    if (this.scheduled || this.running >= AT_ONCE || this.waiting.length === 0) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.running += 1;
      void this.run(this.next()).finally(() => {
        this.running -= 1;
        this.schedule();
      });
      this.schedule();
    });
  }

  private next(): Waiting<T>[] {
    const keys = new Set<number>();
    const [batch, rest]: [Waiting<T>[], Waiting<T>[]] = [[], []];
    for (const one of this.waiting) {
      const key = this.work.key(one.item);
      const fits = batch.length < MAX_TOGETHER && !keys.has(key);
      keys.add(key);
      (fits ? batch : rest).push(one);
    }
    this.waiting = rest;
    return batch;
  }

  private async run(batch: readonly Waiting<T>[]): Promise<void> {
    const left = batch.length === 1 ? batch : await this.together(batch);
    await Promise.all(left.map(({ item, resolve, reject }) => this.work.alone(item).then(resolve, reject)));
  }

  /** Answers what is left to be worked on alone. */
  private async together(batch: readonly Waiting<T>[]): Promise<readonly Waiting<T>[]> {
    try {
      const left = new Set(await this.work.together(batch.map(({ item }) => item)));
      for (const { item, resolve } of batch) if (!left.has(item)) resolve();
      return batch.filter(({ item }) => left.has(item));
    } catch {
      return batch;
    }
  }
}
