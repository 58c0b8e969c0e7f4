import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type ReadImport, readImport } from '@open-cpo/contracts';
import { type Attempt, GiveUp, JobRunner, TryLater } from '@open-cpo/jobs';
import { FileStore } from '@open-cpo/files';
import { Bus } from '@open-cpo/messaging';
import { Log } from '@open-cpo/platform';
import { isGone } from '../exports/export-run';
import { ImportRun } from './import-run';
import { BadFile } from './table/table';

/** Files that a worker reads at once. */
const CONCURRENCY = 2;
const UNKNOWN_REASON = 'The import could not be finished. The same file can be sent again.';

/** Reads the files that owners import. */
@Injectable()
export class ImportsProcessor implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly ending = new AbortController();

  constructor(
    private readonly runner: JobRunner,
    private readonly bus: Bus,
    private readonly files: FileStore,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.runner.run(readImport, (job, attempt) => this.read(job, attempt), { concurrency: CONCURRENCY });
  }

  /** What is under way goes on after its batch, in another worker. */
  onModuleDestroy(): void {
    this.ending.abort();
  }

  private async read({ importId, object }: ReadImport, attempt: Attempt): Promise<void> {
    if (object) return this.removeFile(object);
    const run = new ImportRun(importId, this.bus, this.files, this.ending.signal);
    try {
      const rows = await run.read();
      this.log.log('File imported', { import: importId, rows });
    } catch (error) {
      if (isGone(error)) return this.log.log('Nothing to import any more', { import: importId });
      if (error instanceof TryLater) throw error;
      if (error instanceof BadFile) return run.fail(error.message);
      if (error instanceof GiveUp || attempt.last) await run.fail(UNKNOWN_REASON);
      throw error;
    }
  }

  private async removeFile(object: string): Promise<void> {
    await this.files.remove(object).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }
}
