import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Client } from 'pg';
import { readJson } from '../files';
import { places } from '../places';
import { anyFree } from '../ports';
import { isRunning, pause, type ProcessMark } from '../processes';
import type { State } from './state';

const source = resolve(__dirname, '../../..');

/** Stands for an app: health probes, a port for the gateway, an orderly end. */
const app = `
import { createServer } from 'node:http';
const { HEALTH_PORT, HOST, PORT, NATS_USER } = process.env;
const ok = () => createServer((request, response) => void response.writeHead(200).end(String(process.pid)));
ok().listen(Number(HEALTH_PORT), HOST);
if (PORT) ok().listen(Number(PORT), HOST);
process.stdout.write('hello from ' + NATS_USER + '\\n');
process.on('SIGTERM', () => process.exit(0));
`;
/** Stands for the demo charger. */
const charger = `
process.stdout.write('connects to ' + process.env.CHARGERS_URL + '\\n');
setInterval(() => undefined, 1000);
process.on('SIGTERM', () => process.exit(0));
`;
const sql = (text: string): string => `
import { Client } from 'pg';
const client = new Client({ connectionString: process.env.DATABASE_URL });
void client.connect().then(() => client.query(${JSON.stringify(text)})).then(() => client.end());
`;

describe('npm start', () => {
  let checkout: string;
  let port: number;
  let data: string;
  const running: { child: ChildProcess; output: string }[] = [];

  const start = (...args: string[]): { child: ChildProcess; output: string } => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port) };
    const child = spawn(process.execPath, ['tools/run.mjs', 'start', ...args], { cwd: checkout, env });
    const entry = { child, output: '' };
    [child.stdout, child.stderr].forEach((stream) => stream.on('data', (chunk) => (entry.output += String(chunk))));
    running.push(entry);
    return entry;
  };
  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await condition())) {
      await pause(50);
    }
  };
  const shows = async (entry: { child: ChildProcess; output: string }, text: string): Promise<void> => {
    await until(() => entry.output.includes(text) || entry.child.exitCode !== null);
    expect(entry.output).toContain(text);
  };
  const stop = async ({ child }: { child: ChildProcess }): Promise<void> => {
    child.kill('SIGINT');
    await until(() => child.exitCode !== null || child.signalCode !== null);
  };
  const state = (): State => readJson<State>(join(checkout, '.data/state.json')) as State;
  const pidOf = async (name: string): Promise<number> =>
    Number(await (await fetch(`http://127.0.0.1:${state().ports[`health.${name}`]}/health/live`)).text());
  const rows = async (): Promise<number> => {
    const url = new URL(state().addresses?.databaseAdminUrl ?? '');
    url.pathname = '/cpo_stations';
    const client = new Client({ connectionString: url.href });
    await client.connect();
    const { rowCount } = await client.query('SELECT * FROM demo');
    await client.end();
    return rowCount ?? 0;
  };

  beforeAll(async () => {
    const runs = places(source, 'trials').home;
    checkout = mkdtempSync(join(runs, 'checkout-'));
    chmodSync(checkout, 0o755);
    for (const path of [
      'tools/run.mjs',
      'tools/bootstrap',
      'tools/stack',
      'tools/mail-inbox',
      '.swcrc',
      'package.json',
    ]) {
      cpSync(join(source, path), join(checkout, path), { recursive: true });
    }
    symlinkSync(join(source, 'node_modules'), join(checkout, 'node_modules'));
    cpSync(join(source, 'node_modules/.package-lock.json'), join(checkout, 'package-lock.json'));
    mkdirSync(join(checkout, 'libs'));
    for (const name of ['stations', 'worker', 'gateway']) {
      mkdirSync(join(checkout, 'apps', name, 'src'), { recursive: true });
      writeFileSync(join(checkout, 'apps', name, 'src/main.ts'), app);
    }
    const stations = join(checkout, 'apps/stations/src');
    writeFileSync(
      join(stations, 'migrate.ts'),
      sql('CREATE TABLE IF NOT EXISTS demo (name text); GRANT ALL ON demo TO cpo_stations'),
    );
    writeFileSync(join(stations, 'demo.ts'), sql("INSERT INTO demo VALUES ('a power center')"));
    mkdirSync(join(checkout, 'tools/broker-setup'));
    writeFileSync(join(checkout, 'tools/broker-setup/main.ts'), "process.stdout.write('set up');\n");
    mkdirSync(join(checkout, 'tools/charger'));
    writeFileSync(join(checkout, 'tools/charger/demo.ts'), charger);
    const { packages } = places(checkout);
    data = dirname(packages);
    mkdirSync(places(source).packages, { recursive: true });
    symlinkSync(places(source).packages, packages);
    port = await anyFree();
  });

  afterEach(async () => {
    await Promise.all(running.splice(0).map(stop));
  });
  afterAll(() => {
    rmSync(data, { recursive: true, force: true });
    rmSync(checkout, { recursive: true, force: true });
  });

  it('brings everything up, tells where it is, and ends all of it on Ctrl-C', async () => {
    const first = start();
    await shows(first, 'Demo logins');
    expect(first.output).toContain(`Gateway            http://localhost:${port}`);
    expect(first.output).toMatch(/stations │ hello from stations/);
    expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(200);
    expect(await rows()).toBe(1);
    const { processes } = state();
    await shows(first, `demo charger | connects to ws://localhost:${state().ports.chargers}/ocpp`);
    expect(processes.filter(isRunning)).toHaveLength(7);
    await stop(first);
    expect(first.child.exitCode).toBe(0);
    expect(processes.filter(isRunning)).toEqual([]);
  });

  it('keeps addresses and data from start to start, and loads demo data once', async () => {
    const { ports } = state();
    await shows(start(), 'Demo logins');
    expect(state().ports).toEqual(ports);
    expect(await rows()).toBe(1);
  });

  it('begins anew with --fresh', async () => {
    const secrets = readFileSync(join(checkout, '.data/secrets.json'), 'utf8');
    await shows(start('--fresh'), 'Demo logins');
    expect(readFileSync(join(checkout, '.data/secrets.json'), 'utf8')).not.toBe(secrets);
    expect(await rows()).toBe(1);
  });

  it('restarts services that died, in one process or each in its own', async () => {
    for (const [name, ...args] of [['services', '--together'], ['stations']] as const) {
      const entry = start(...args);
      await shows(entry, 'Demo logins');
      const before = await pidOf('stations');
      process.kill(before, 'SIGKILL');
      await shows(entry, `${name} ended (SIGKILL)`);
      await until(async () => (await pidOf('stations').catch(() => before)) !== before);
      await stop(entry);
    }
  });

  it('tells a second start that it runs already, and leaves the first alone', async () => {
    await shows(start(), 'Demo logins');
    const second = start('--fresh');
    await shows(second, 'already runs from this checkout');
    await until(() => second.child.exitCode !== null);
    expect(second.child.exitCode).toBe(1);
    expect(await rows()).toBe(1);
  });

  it('runs one more process of an app beside it with --only', async () => {
    await shows(start(), 'Demo logins');
    const { processes } = state();
    const beside = start('--only', 'stations');
    await shows(beside, 'One more process of stations shares the load');
    await stop(beside);
    expect(processes.every(isRunning)).toBe(true);
  });

  it('says what to do first when there is nothing to run beside', async () => {
    await shows(start('--only', 'stations'), 'run "npm start" in another terminal first');
  });

  it('ends what a killed start left behind', async () => {
    await shows(start(), 'Demo logins');
    const { processes } = state();
    const lock = readJson<ProcessMark>(join(checkout, '.data/lock'));
    process.kill(lock?.pid ?? 0, 'SIGKILL');
    const next = start();
    // The demo charger is one of them when it was quick.
    await shows(next, 'processes that an earlier start left behind');
    await shows(next, 'Demo logins');
    expect(processes.filter(isRunning)).toEqual([]);
  });
});
