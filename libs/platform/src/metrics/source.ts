/** Values by the names of their gauges, for one combination of labels. */
export interface Reading {
  readonly labels?: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, number | undefined>>;
}

/** Milliseconds after which a scraper is not kept waiting any longer. */
const TIMEOUT_MS = 2000;

type Read = () => readonly Reading[] | Promise<readonly Reading[]>;

/** Asks once for all who want to know, and not again while the answer is good. */
export class Source {
  private asked?: Promise<readonly Reading[] | undefined>;
  private until = 0;

  constructor(
    private readonly read: Read,
    private readonly goodFor: number,
  ) {}

  /** The latest values; undefined when they cannot be had. A failure is not kept. */
  latest(): Promise<readonly Reading[] | undefined> {
    if (this.asked && Date.now() < this.until) return this.asked;
    this.until = Date.now() + Math.max(this.goodFor, TIMEOUT_MS);
    this.asked = this.ask();
    return this.asked;
  }

  private async ask(): Promise<readonly Reading[] | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(resolve, TIMEOUT_MS, undefined);
    });
    try {
      const readings = await Promise.race([this.read(), late]);
      this.until = readings ? Date.now() + this.goodFor : 0;
      return readings;
    } catch {
      this.until = 0;
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}
