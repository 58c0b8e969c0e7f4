import { setTimeout as pause } from 'node:timers/promises';

/** Commands of a connection that wait in this process; the others wait in the table. */
const MAX_WAITING = 50;

/** The commands of one connection, one after the other. */
export class CommandQueue {
  private readonly ids = new Set<number>();
  private last: Promise<void> = Promise.resolve();
  private ended = false;

  /** `readyAt`: epoch milliseconds before which nothing is sent, as it is then. */
  constructor(
    private readonly work: (id: number) => Promise<void>,
    private readonly readyAt: () => number,
  ) {}

  /** Takes a command; nothing for one that it has, or after its end. */
  take(id: number): void {
    if (this.ended || this.ids.has(id) || this.ids.size >= MAX_WAITING) return;
    this.ids.add(id);
    this.last = this.last.then(() => this.next(id)).finally(() => this.ids.delete(id));
  }

  end(): void {
    this.ended = true;
  }

  private async next(id: number): Promise<void> {
    for (let wait = this.wait(); wait > 0 && !this.ended; wait = this.wait()) await pause(wait);
    if (!this.ended) await this.work(id);
  }

  private wait(): number {
    return this.readyAt() - Date.now();
  }
}
