import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type WriteExport, writeExport, writeLargeExport } from '@open-cpo/contracts';
import { type Attempt, GiveUp, JobRunner } from '@open-cpo/jobs';
import { FileStore } from '@open-cpo/files';
import { Bus } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { ExportRun, isGone } from './export-run';

/** Files that a worker writes at once; small and large ones have their own places. */
const SMALL = 2;
const LARGE = 1;
/** Milliseconds that one try may take: what takes longer would take the place of others for ever. */
const LONGEST_RUN_MS = 30 * 60_000;
/** Milliseconds that what is under way may still take when the process ends; then it is left to another worker. */
const GRACE = 5000;

/** Writes the files that owners ask for. */
@Injectable()
export class ExportsProcessor implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly ending = new AbortController();

  constructor(
    private readonly runner: JobRunner,
    private readonly bus: Bus,
    private readonly files: FileStore,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const write = (job: WriteExport, attempt: Attempt): Promise<void> => this.write(job, attempt);
    this.runner.run(writeExport, write, { concurrency: SMALL });
    this.runner.run(writeLargeExport, write, { concurrency: LARGE });
  }

  onModuleDestroy(): void {
    setTimeout(() => this.ending.abort(new Error('The worker ends')), GRACE).unref();
  }

  private async write({ exportId }: WriteExport, attempt: Attempt): Promise<void> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new GiveUp('the export took too long')), LONGEST_RUN_MS).unref();
    const run = new ExportRun(exportId, this.bus, this.files, AbortSignal.any([this.ending.signal, late.signal]));
    try {
      const rows = await run.write();
      this.log.log('Export written', { export: exportId, rows });
    } catch (error) {
      if (isGone(error)) return this.log.log('Nothing to export any more', { export: exportId });
      await this.judge(run, error, attempt);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Errors that no retry can mend are reported at once; others after the last attempt. */
  private async judge(run: ExportRun, error: unknown, attempt: Attempt): Promise<never> {
    const hopeless = error instanceof GiveUp || error instanceof RangeError;
    const reason = error instanceof Error ? error.message : String(error);
    if (hopeless || (attempt.last && !this.ending.signal.aborted)) await run.fail(reason);
    throw hopeless ? new GiveUp(reason) : error;
  }
}
