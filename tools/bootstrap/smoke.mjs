// Smoke test of the runtime: starts the platform with each Node that is named, as `npm start` does, logs in, reads, writes,
// exports, and stops it. `node tools/bootstrap/smoke.mjs 22.16.0 24.22.3`; without versions, with the Node that runs it.
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, run, step } from './terminal.mjs';

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const OWNER = { email: 'owner@demo.test', password: 'Charge-2026!' };
const POLL_INTERVAL_MS = 200;

/** The program of a version, from the npm registry. */
function runtimeOf(version) {
  const name = `node-${process.platform}-${process.arch}`;
  const folder = join(checkout, '.data/runtime', version);
  const program = join(folder, 'node_modules', name, 'bin/node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const args = ['install', '--no-save', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${version}`];
    step(`Installing Node ${version}`, () => run(folder, 'npm', ['--prefix', folder, ...args]));
  }
  return program;
}

const freePort = () =>
  new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

/** The platform, once it is ready; `stop` answers the exit code. */
async function started(program, port) {
  const env = { ...process.env, PORT: String(port), PATH: `${dirname(program)}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(program, ['tools/run.mjs', 'start'], {
    cwd: checkout,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.on('exit', (code) => done(code)));
  let output = '';
  const ready = new Promise((done) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
      if (/Ready.* after /.test(output)) done(true);
    });
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  if (await Promise.race([ready, ended.then(() => false)])) return { stop };
  throw new Error(`The platform did not start:\n${output}`);
}

/** What the user of a browser does first, and one export. */
async function use(url) {
  const ask = async (method, path, { token, body, ...headers } = {}) => {
    const authorization = token ? { authorization: `Bearer ${token}` } : {};
    const json = body ? { 'content-type': 'application/json' } : {};
    const init = { method, headers: { ...authorization, ...json, ...headers }, body: body && JSON.stringify(body) };
    const response = await fetch(url + path, init);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const login = await (await ask('POST', '/api/v3/auth/login', { body: OWNER })).json();
  const token = login.data.access_token;
  const before = (await (await ask('GET', '/api/charge-points', { token })).json()).length;
  const body = { title: 'Smoke test', category: 'EV_CHARGER', latitude: 36.7538, longitude: 3.0588 };
  const { id } = await (
    await ask('POST', '/api/charge-points', { token, body, 'idempotency-key': randomUUID() })
  ).json();
  const after = (await (await ask('GET', '/api/charge-points', { token })).json()).length;
  if (after !== before + 1) throw new Error(`There are ${after} power centers instead of ${before + 1}.`);
  await ask('DELETE', `/api/charge-points/${id}`, { token });
  const size = await exported(ask, token);
  return `login, ${before} power centers, one created and deleted, an export of ${size} bytes`;
}

async function exported(ask, token) {
  let file = await ask('GET', '/api/charge-points/export', { token });
  for (const location = file.headers.get('location'); file.status === 202;) {
    await new Promise((done) => setTimeout(done, POLL_INTERVAL_MS));
    const { results } = await (await ask('GET', location, { token })).json();
    if (results.status === 'failed') throw new Error('The export failed.');
    if (results.status === 'finished') file = await ask('GET', `${location}/file`, { token });
  }
  const bytes = Buffer.from(await file.arrayBuffer());
  if (bytes.subarray(0, 2).toString() !== 'PK') throw new Error('The export is no workbook.');
  return bytes.length;
}

const versions = process.argv.slice(2);
for (const program of versions.length > 0 ? versions.map(runtimeOf) : [process.execPath]) {
  const began = Date.now();
  const port = await freePort();
  const platform = await started(program, port);
  let done;
  try {
    done = await use(`http://127.0.0.1:${port}`);
  } finally {
    const code = await platform.stop();
    if (code !== 0) fail(`${program}: the platform ended with ${code}.`);
  }
  process.stdout.write(`✓ ${program}: ${done}, stopped (${((Date.now() - began) / 1000).toFixed(1)} s)\n`);
}
