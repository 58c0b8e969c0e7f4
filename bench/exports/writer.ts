import { createWriteStream, rmSync, statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw } from 'node:zlib';
import type { Cell, ExportColumn } from '@open-cpo/contracts';
import { stream } from 'exceljs';
import { Client } from 'pg';
import { OrdersExport } from '../../apps/orders/src/exports/orders.export';
import { EXPORTED } from '../../apps/orders/src/exports/orders.queries';

/**
 * What anybody would write in an afternoon, to compare with: one process that reads the rows of an account by a cursor
 * (the very statement of our export) and writes them into a file. Run as `writer.js <name> <database> <account> <file>`.
 */
const BATCH_SIZE = 1000;
const VIEWER = { accountId: 0, userId: 0, language: 'en', currency: 'USD', timeZone: 'UTC' } as const;

type Batches = AsyncGenerator<Cell[][]>;
type Writer = (batches: Batches, file: string) => Promise<void>;

// The columns ask nobody for anything.
const { columns } = new OrdersExport(undefined as never, undefined as never);
const shown: readonly ExportColumn[] = columns.map(({ title, type, width }) => ({ title: title.en, type, width }));

async function* rowsOf(database: string, accountId: number): Batches {
  const client = new Client({ connectionString: database });
  await client.connect();
  try {
    await client.query('begin isolation level repeatable read read only');
    await client.query(`declare rows no scroll cursor for ${EXPORTED}`, [accountId, 'UTC', 'USD', '1']);
    for (;;) {
      const { rows } = await client.query(`fetch ${BATCH_SIZE} from rows`);
      if (rows.length === 0) return;
      yield rows.map((row) => columns.map(({ of }) => of(row as never, VIEWER)));
    }
  } finally {
    await client.end();
  }
}

const escaped = (value: Cell): string => String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;');

async function* bareXml(batches: Batches): AsyncGenerator<string> {
  for await (const batch of batches) {
    let text = '';
    for (const row of batch) {
      text += '<row>';
      for (const value of row) text += `<c><v>${escaped(value)}</v></c>`;
      text += '</row>';
    }
    yield text;
  }
}

function typed(value: Cell, type: ExportColumn['type']): Cell | Date {
  if (value === null) return null;
  if (type === 'moment') return new Date(`${String(value).replace(' ', 'T')}Z`);
  return type === 'text' || type === 'flag' ? value : Number(value);
}

const writers: Readonly<Record<string, Writer>> = {
  rows: async (batches) => {
    for await (const batch of batches) if (batch.length === 0) return;
  },

  floor: (batches, file) =>
    pipeline(bareXml(batches), createDeflateRaw({ level: 3, chunkSize: 64 * 1024 }), createWriteStream(file)),

  exceljs: async (batches, file) => {
    const book = new stream.xlsx.WorkbookWriter({ filename: file, useStyles: true, useSharedStrings: false });
    const sheet = book.addWorksheet('Orders', { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = shown.map(({ title, width }) => ({ header: title, width }));
    for await (const batch of batches) {
      for (const row of batch) sheet.addRow(row.map((value, i) => typed(value, shown[i]?.type ?? 'text'))).commit();
    }
    await book.commit();
  },
};

async function main([name = '', database = '', account = '', file = '']: readonly string[]): Promise<void> {
  const writer = writers[name];
  if (!writer) throw new Error(`There is no writer "${name}".`);
  const idle = process.memoryUsage.rss();
  const begun = performance.now();
  await writer(rowsOf(database, Number(account)), file);
  const seconds = (performance.now() - begun) / 1000;
  const memory = process.resourceUsage().maxRSS / 1024 - idle / 1024 / 1024;
  const { user, system } = process.cpuUsage();
  const bytes = name === 'rows' ? 0 : statSync(file).size;
  rmSync(file, { force: true });
  process.stdout.write(JSON.stringify({ seconds, memory, bytes, processor: (user + system) / 1e6 }));
}

void main(process.argv.slice(2));
