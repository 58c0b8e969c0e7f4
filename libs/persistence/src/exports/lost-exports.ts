import { Injectable } from '@nestjs/common';
import { Log, Periodic } from '@open-cpo/platform';
import { ExportRequests } from './export-requests';

const INTERVAL_MS = 15_000;

/** Enqueues exports without progress again: a queue can be wiped, its rows are kept. */
export abstract class LostJobs extends Periodic {
  constructor(
    private readonly requests: { tidy(): Promise<number> },
    log: Log,
    /** What is lost, in the log. */
    private readonly what: string,
  ) {
    super(INTERVAL_MS, log);
  }

  async run(): Promise<void> {
    try {
      const count = await this.requests.tidy();
      if (count > 0) this.log.warn(`${this.what} of which nothing was heard are asked for again`, { count });
    } catch (error) {
      this.log.warn(`${this.what} that were lost could not be looked for`, { error });
    }
  }
}

@Injectable()
export class LostExports extends LostJobs {
  constructor(requests: ExportRequests, log: Log) {
    super(requests, log, 'Exports');
  }
}
