import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium } from 'playwright-core';
import { HttpClient, OWNER } from '../http/client';
import { commandLine, wholeNumber } from '../stack/command-line';
import { inherited } from '../stack/environment';
import { places } from '../stack/places';
import { findBrowser } from '../stack/servers/browser';
import { StateFile } from '../stack/start/state';
import { fail, say, step, StackError } from '../stack/terminal';
import { CATEGORIES, HEAD, medianOf, type Report, rowOf, shortcomingsOf } from './scores';

const checkout = resolve(__dirname, '../../..');
const SOURCE = join(checkout, 'tools/lighthouse');
/** Where Lighthouse is installed: apart from the platform's own dependencies. */
const HOME = join(checkout, '.data/lighthouse');
const DEFAULT_RUNS = 3;
/** Pages, and whether they are seen with a login. */
const PAGES = [
  ['sign-in', '/sign-in', false],
  ['overview', '/', true],
  ['orders', '/orders', true],
] as const;

const HELP = `node tools/run.mjs tool lighthouse -- [--runs <n>] [--mobile]

Measures sign-in, overview and orders of the running platform (npm start) with Lighthouse in Chromium, each ${DEFAULT_RUNS} times.
Ends with 1 when the median of a page is below ${CATEGORIES.join(', ')} of docs/dashboard.md. --mobile: a phone on a slow network.`;

async function main(): Promise<number> {
  const { values } = commandLine({
    args: process.argv.slice(2).filter((arg) => arg !== '--'),
    options: {
      runs: { type: 'string' },
      mobile: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return (say(HELP), 0);
  const runs = wholeNumber('runs', values.runs, 20) ?? DEFAULT_RUNS;
  const all = places(checkout);
  const { ports } = new StateFile(all.home).value;
  if (!ports.gateway) throw new StackError('The platform does not run: npm start.');
  const origin = `http://localhost:${ports.gateway}`;
  await installLighthouse();
  const browser = await findBrowser(all.packages);
  if (!browser) throw new StackError('There is no Chromium: install it (apt-get install chromium).');
  const token = await HttpClient.tokenOf(origin);
  const lines = [...HEAD];
  const short: string[] = [];
  for (const [name, path, loggedIn] of PAGES) {
    const session = loggedIn ? JSON.stringify({ token, email: OWNER.email }) : undefined;
    const reports = await step(`Measuring ${name}`, async () => {
      const found: Report[] = [];
      for (let run = 0; run < runs; run += 1)
        found.push(await measured({ browser, origin, path, session, mobile: values.mobile }));
      return found;
    });
    const median = medianOf(reports);
    if (!median) continue;
    lines.push(rowOf(name, median));
    short.push(...shortcomingsOf(name, median));
  }
  say(`\n${lines.join('\n')}\n`);
  for (const line of short) say(line);
  return short.length === 0 ? 0 : 1;
}

async function installLighthouse(): Promise<void> {
  const installed = join(HOME, 'node_modules/.installed');
  const lock = readFileSync(join(SOURCE, 'package-lock.json'), 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  mkdirSync(HOME, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) cpSync(join(SOURCE, file), join(HOME, file));
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await step('Installing Lighthouse', () => run('npm', args, HOME));
  writeFileSync(installed, lock);
}

interface Measurement {
  readonly browser: { readonly path: string; readonly env: Record<string, string> };
  readonly origin: string;
  readonly path: string;
  /** What the dashboard keeps of a login. */
  readonly session: string | undefined;
  readonly mobile: boolean;
}

/** One measurement in a browser of its own, whose cache is empty. */
async function measured({ browser, origin, path, session, mobile }: Measurement): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), 'open-cpo-lighthouse-'));
  const port = await freePort();
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: browser.path,
    env: { ...browser.env },
    // The pages are our own; as root, and in containers, Chromium has no sandbox.
    args: ['--no-sandbox', '--disable-gpu', `--remote-debugging-port=${port}`],
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    // The storage of the origin, without having loaded the page.
    await page.goto(`${origin}/dashboard.json`);
    if (session !== undefined) {
      await page.evaluate(`localStorage.setItem('open-cpo.session', ${JSON.stringify(session)})`);
    }
    const output = join(folder, 'report.json');
    const flags = ['--quiet', '--output=json', `--output-path=${output}`, `--port=${port}`, '--disable-storage-reset'];
    const form = mobile ? [] : ['--preset=desktop'];
    const only = `--only-categories=${CATEGORIES.join(',')}`;
    const script = join(HOME, 'node_modules/lighthouse/cli/index.js');
    await run(process.execPath, [script, `${origin}${path}`, ...flags, ...form, only], HOME);
    return JSON.parse(readFileSync(output, 'utf8')) as Report;
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a program to its end. @throws StackError with what it wrote, when it fails */
async function run(program: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(program, args, { cwd, env: inherited({}), stdio: ['ignore', 'pipe', 'pipe'] });
  let written = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (written += text));
  const code = await new Promise((done) => child.on('close', done));
  if (code !== 0) throw new StackError(`${program} ${args.join(' ')}: ${String(code)}\n${written}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => fail(error),
);
