import { randomUUID } from 'node:crypto';
import { type ExportOperations, EXPORTS, exportKindOf, type ExportPlan } from '@open-cpo/contracts';
import { GiveUp } from '@open-cpo/jobs';
import { type FileStore } from '@open-cpo/files';
import { type Bus, internalCaller, rowBatches } from '@open-cpo/messaging';
import { Collecting } from './collect';
import { csv, csvSemicolon } from './sheet/csv';
import { json } from './sheet/json';
import type { Batches, Row, Table, TableWriter } from './sheet/table';
import { workbook } from './sheet/workbook';

/** Milliseconds between two signs of life; how late a cancellation is noticed at most. */
const BEAT = 1000;

const WRITERS: Readonly<Record<ExportPlan['format'], TableWriter>> = {
  xlsx: workbook,
  csv,
  'csv-semicolon': csvSemicolon,
  json,
};

const tableOf = ({ title, columns, language, currency }: ExportPlan): Table => ({
  title,
  columns,
  currency,
  rightToLeft: language === 'ar',
  createdAt: new Date(),
});

/** One try at one export, from the first row to the stored file. */
export class ExportRun {
  private readonly run = randomUUID();
  private readonly owner: ExportOperations;
  private count = 0;

  constructor(
    private readonly id: string,
    private readonly bus: Bus,
    private readonly files: FileStore,
    /** Ends it early, so that another worker can start again. */
    private readonly signal: AbortSignal,
  ) {
    const kind = exportKindOf(id);
    if (!kind) throw new GiveUp(`not an export: ${id}`);
    this.owner = EXPORTS[kind];
  }

  /**
   * Answers how many rows were written.
   * @throws Refusal `not_found` when there is nothing to write any more: cancelled, finished, or taken over
   */
  async write(): Promise<number> {
    const { id: exportId, run, owner, bus } = this;
    const plan = await bus.call(owner.begin, { exportId, run }, internalCaller());
    const object = `${exportId}.${run}`;
    const bytes = WRITERS[plan.format](tableOf(plan), this.rows());
    const { size, digest } = await this.files.write(object, bytes);
    const written = { exportId, run, rows: this.count, object, size: String(size), digest };
    try {
      await bus.call(owner.finished, written, internalCaller());
    } catch (error) {
      // It may have been taken all the same: an unused file is removed by the next run or by its age.
      if (isGone(error)) await this.files.remove(object).catch(() => undefined);
      throw error;
    }
    return this.count;
  }

  /** Reports to the owning service that no further attempt follows, if the export still exists. */
  async fail(reason: string): Promise<void> {
    const { id: exportId, run, owner } = this;
    await this.bus
      .call(owner.failed, { exportId, run, reason: reason.slice(0, 500) }, internalCaller())
      .catch(goneIsFine);
  }

  private async *rows(): Batches {
    const { id: exportId, run, owner } = this;
    let heard = Date.now();
    const collecting = new Collecting();
    const patience = internalCaller({}, 30_000);
    for await (const batch of rowBatches<Row>(this.bus.stream(owner.rows, { exportId, run }, patience))) {
      this.signal.throwIfAborted();
      this.count += batch.length;
      collecting.count(batch.length);
      yield batch satisfies readonly Row[];
      if (Date.now() - heard < BEAT) continue;
      await this.bus.call(owner.heard, { exportId, run, rows: this.count }, internalCaller());
      heard = Date.now();
    }
  }
}

/** Whether the owning service says that it was cancelled. */
export const isGone = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'not_found';

const goneIsFine = (error: unknown): void => {
  if (!isGone(error)) throw error;
};
