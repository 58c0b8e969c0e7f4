// Compares how workbooks are written: `npm run build && node bench/exports/bench.mjs [rows]`. Every writer runs in a
// process of its own, gets the same rows as they come and writes to nowhere, so that only writing is measured.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createDeflateRaw } from 'node:zlib';

const require = createRequire(import.meta.url);
const ROWS = 20_000;
const BATCH = 500;
const MB = 1024 * 1024;

const column = (title, type, width) => ({ title, type, width });
const columns = [
  column('Order', 'integer', 10),
  column('State', 'text', 12),
  column('Power center', 'text', 28),
  column('Connector', 'integer', 10),
  column('Driver', 'text', 24),
  column('Begun', 'moment', 20),
  column('Ended', 'moment', 20),
  column('Energy', 'decimal', 12),
  column('Price', 'money', 14),
  column('Fee', 'money', 14),
  column('Earning', 'money', 14),
  column('Rated', 'flag', 8),
];

/** Varied values: rows that are all alike would compress like nothing in the world. */
function rowOf(n) {
  const mixed = Math.imul(n, 2654435761) >>> 0;
  const moment = (seconds) => new Date(1_700_000_000_000 + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const price = ((mixed % 500_000) / 100).toFixed(2);
  const [center, driver] = [`Power center ${mixed % 700}`, `Driver ${(mixed >>> 8) % 90_000} & Co`];
  const energy = ((mixed >>> 4) % 90_000) / 1000;
  return [
    n,
    mixed % 9 ? 'finished' : 'cancelled',
    center,
    mixed % 4,
    driver,
    moment(n * 61),
    moment(n * 61 + (mixed % 5000)),
    energy.toFixed(3),
    price,
    '0.50',
    (Number(price) * 0.85).toFixed(2),
    mixed % 3 === 0,
  ];
}

async function* batches(rows) {
  for (let first = 1; first <= rows; first += BATCH) {
    yield Array.from({ length: Math.min(BATCH, rows - first + 1) }, (_, index) => rowOf(first + index));
    // Rows come from a stream; others have their turn in between.
    await new Promise(setImmediate);
  }
}

class Nowhere extends Writable {
  bytes = 0;
  _write(chunk, _encoding, done) {
    this.bytes += chunk.length;
    done();
  }
}

const escaped = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');

async function* bareXml(rows) {
  for await (const batch of batches(rows)) {
    let text = '';
    for (const row of batch) text += `<row>${row.map((value) => `<c><v>${escaped(value)}</v></c>`).join('')}</row>`;
    yield text;
  }
}

const writers = {
  floor: (rows, sink) => pipeline(bareXml(rows), createDeflateRaw({ level: 3, chunkSize: 64 * 1024 }), sink),

  own: (rows, sink) => {
    const { workbook } = require('../../dist/apps/worker/src/exports/sheet/workbook.js');
    const table = { title: 'Orders', columns, rightToLeft: false, currency: 'USD', createdAt: new Date() };
    return pipeline(workbook(table, batches(rows)), sink);
  },

  exceljs: async (rows, sink) => {
    const { stream } = require('exceljs');
    const book = new stream.xlsx.WorkbookWriter({ stream: sink, useStyles: true, useSharedStrings: false });
    const sheet = book.addWorksheet('Orders', { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = columns.map(({ title, width }) => ({ header: title, width }));
    const typed = (value, { type }) => {
      if (type === 'moment') return new Date(`${value.replace(' ', 'T')}Z`);
      return type === 'money' || type === 'decimal' ? Number(value) : value;
    };
    for await (const batch of batches(rows)) {
      for (const row of batch) sheet.addRow(row.map((value, index) => typed(value, columns[index]))).commit();
    }
    await book.commit();
  },
};

/** Runs one writer in this process and tells what it took. */
async function measure(name, rows) {
  const sink = new Nowhere();
  const idle = process.memoryUsage.rss();
  let most = idle;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const begun = performance.now();
  await writers[name](rows, sink);
  const seconds = (performance.now() - begun) / 1000;
  clearInterval(watch);
  // The highest mark of the process catches what falls between two looks.
  most = Math.max(most, process.resourceUsage().maxRSS * 1024);
  return { seconds, memory: (most - idle) / MB, blocked: delay.max / 1e6, size: sink.bytes / MB };
}

function compare(rows) {
  const results = Object.keys(writers).map((name) => {
    const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), 'measure', name, rows], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (child.status !== 0) throw new Error(`${name} failed`);
    return { name, ...JSON.parse(child.stdout) };
  });
  const floor = results.find(({ name }) => name === 'floor').seconds;
  process.stdout.write(`${rows} rows of ${columns.length} columns, Node ${process.versions.node}\n\n`);
  process.stdout.write('| Writer | Seconds | Times the floor | MB above idle | Longest block, ms | MB written |\n');
  process.stdout.write('|---|---|---|---|---|---|\n');
  for (const { name, seconds, memory, blocked, size } of results) {
    const cells = [
      name,
      seconds.toFixed(2),
      (seconds / floor).toFixed(2),
      ...[memory, blocked, size].map((n) => n.toFixed(1)),
    ];
    process.stdout.write(`| ${cells.join(' | ')} |\n`);
  }
}

const [first = String(ROWS), name, rows] = process.argv.slice(2);
if (first === 'measure') process.stdout.write(JSON.stringify(await measure(name, Number(rows))));
else if (/^[1-9]\d*$/.test(first)) compare(Number(first));
else {
  process.stderr.write('Rows are a whole number.\n');
  process.exitCode = 2;
}
