import { randomUUID } from 'node:crypto';
import {
  type Caller,
  importKindOf,
  type ImportOperations,
  type ImportPlan,
  type ImportRow,
  IMPORTS,
  Refusal,
} from '@open-cpo/contracts';
import { GiveUp, TryLater } from '@open-cpo/jobs';
import { type FileStore, type OpenFile } from '@open-cpo/files';
import { type Bus, internalCaller } from '@open-cpo/messaging';
import { isGone } from '../exports/export-run';
import { Header } from './table/header';
import { tableOf } from './table/open';
import { BadFile } from './table/table';

/** Milliseconds that the owner has for a batch. */
const TIMEOUT_MS = 60_000;
/** Milliseconds after which an import lets others of its queue go first. */
const TURN = 5 * 60_000;
/** Bytes of a batch, which is one message, and of a row, which may come on top. */
const MAX_BATCH_BYTES = 256 * 1024;
const LARGEST_ROW = 512 * 1024;

/** One try at one import, from where the last one got to the end of the file. */
export class ImportRun {
  private readonly run = randomUUID();
  private readonly owner: ImportOperations;
  private readonly until = Date.now() + TURN;
  /** Of the file, as far as it was read. */
  private bytes = 0;

  constructor(
    private readonly id: string,
    private readonly bus: Bus,
    private readonly files: FileStore,
    private readonly signal: AbortSignal,
  ) {
    const kind = importKindOf(id);
    if (!kind) throw new GiveUp(`not an import: ${id}`);
    this.owner = IMPORTS[kind];
  }

  /**
   * Answers how many rows were read.
   * @throws BadFile; TryLater when another import of the account runs; Refusal `not_found` when it has ended or was cancelled
   */
  async read(): Promise<number> {
    const plan = await this.bus.call(this.owner.begin, this.ref(), internalCaller());
    const file = await this.files.open(plan.object).catch(lost);
    // One that was sent under the same idempotency key has taken its place.
    if (file.digest !== plan.digest) throw new BadFile('The file is not the one that was sent.');
    const table = await tableOf({ size: file.size, read: (from, to) => this.counted(file, from, to) });
    let header: Header | undefined;
    const batch = new Batch(plan);
    for await (const row of table.rows) {
      if (!header) {
        header = new Header(row, plan.columns, table.decimalComma);
        continue;
      }
      const read = header.row(row);
      if (read && batch.add(read)) await this.send(batch, header, plan);
    }
    if (!header) throw new BadFile('The file is empty.');
    await this.send(batch, header, plan);
    await this.bus.call(this.owner.finished, this.ref(), internalCaller());
    return batch.from;
  }

  /** Reports to the owning service that no further attempt follows, if the import still exists. */
  async fail(reason: string): Promise<void> {
    const failure = { ...this.ref(), reason: reason.slice(0, 500) };
    await this.bus.call(this.owner.failed, failure, internalCaller()).catch((error: unknown) => {
      if (!isGone(error)) throw error;
    });
  }

  private ref() {
    return { importId: this.id, run: this.run };
  }

  private async send(batch: Batch, { unknown }: Header, { identity, size }: ImportPlan): Promise<void> {
    const { from, rows } = batch;
    if (rows.length === 0) return;
    if (this.signal.aborted || Date.now() > this.until) throw new TryLater(1, 'others go first');
    const caller: Caller = internalCaller({ identity }, TIMEOUT_MS);
    const input = { ...this.ref(), from, rows, bytes: Math.min(this.bytes, size), unknown_columns: [...unknown] };
    await this.bus.call(this.owner.batch, input, caller);
    batch.sent();
  }

  private async *counted(file: OpenFile, from?: number, to?: number): AsyncGenerator<Uint8Array> {
    for await (const piece of file.read(from, to)) {
      yield piece;
      this.bytes += piece.length;
    }
  }
}

/** Rows that wait to be sent; those that an earlier try has sent are passed over. */
export class Batch {
  rows: ImportRow[] = [];
  from: number;
  private size = 0;
  private left: number;

  constructor(private readonly plan: Pick<ImportPlan, 'rows' | 'batch'>) {
    this.from = plan.rows;
    this.left = plan.rows;
  }

  /** Whether it is full. @throws BadFile for a row that fits into no message */
  add(row: ImportRow): boolean {
    if (this.left > 0) {
      this.left -= 1;
      return false;
    }
    const size = Buffer.byteLength(JSON.stringify(row));
    if (size > LARGEST_ROW) throw new BadFile(`The row of line ${row.line} is too long.`);
    this.rows.push(row);
    this.size += size;
    return this.rows.length >= this.plan.batch || this.size >= MAX_BATCH_BYTES;
  }

  sent(): void {
    this.from += this.rows.length;
    this.rows = [];
    this.size = 0;
  }
}

function lost(error: unknown): never {
  throw error instanceof Refusal && error.code === 'not_found' ? new BadFile('The file is not there any more.') : error;
}
