/** The register of a meter that counts with the clock. */
export class SimulatedMeter {
  private last = Date.now();
  private exact = 1000;

  constructor(private readonly kilowatts: number) {}

  /** Wh. */
  get wh(): number {
    return Math.floor(this.exact);
  }

  /** Counts what was delivered since the last time. */
  advance(now = Date.now()): number {
    this.exact += (this.kilowatts * (now - this.last)) / 3600;
    this.last = now;
    return this.wh;
  }

  /** Begins to deliver. */
  begin(now = Date.now()): void {
    this.last = now;
  }
}
