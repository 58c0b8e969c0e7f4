import { setTimeout as pause } from 'node:timers/promises';

/** Begins something again and again at a steady pace, however long each takes, up to a number at once. */
export class Pacer {
  private readonly underWay = new Set<Promise<void>>();
  private running = true;
  private readonly loop: Promise<void>;

  constructor(
    private readonly every: number,
    private readonly atOnce: number,
    private readonly work: () => Promise<void>,
  ) {
    this.loop = this.run();
  }

  /** Begins nothing more and waits for what was begun. */
  async stop(): Promise<void> {
    this.running = false;
    await this.loop;
    await Promise.all(this.underWay);
  }

  private async run(): Promise<void> {
    while (this.running) {
      if (this.underWay.size < this.atOnce) {
        const one = this.work().finally(() => this.underWay.delete(one));
        this.underWay.add(one);
      }
      await pause(this.every);
    }
  }
}
