import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countries, type Refusal } from '@open-cpo/contracts';
import { Broker, Bus, internalCaller } from '@open-cpo/messaging';
import { Health, Log } from '@open-cpo/platform';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { apps } from '../stack/apps';
import { setting } from '../stack/environment';
import { anyFree } from '../stack/ports';
import { pause } from '../stack/processes';
import { checkout } from './compose';
import { type Container, containersOf, isWorkload, type Workload } from './manifest';
import { describeRendered, rendered } from './render';

const present = apps.filter(({ name }) => existsSync(join(checkout, 'dist/apps', name, 'src/main.js')));

describeRendered('the production build, with the environment of its manifest', () => {
  const workloads = rendered('overlays/production').filter(isWorkload);
  const workload = (kind: string, name: string): Workload =>
    workloads.find((one) => one.kind === kind && one.metadata.name === name) as Workload;
  let secrets: string;
  const databases: TestDatabase[] = [];
  const running: ChildProcess[] = [];

  /** The container's own variables; only addresses and places of files are those of this machine. */
  const environment = (container: Container, app: string, healthPort: number): NodeJS.ProcessEnv => {
    const told = (container.env ?? []).map(({ name, value = '' }) => [
      name,
      value.replace('/secrets', join(secrets, app)),
    ]);
    const here = {
      PATH: process.env.PATH,
      NATS_URL: setting('TEST_NATS_URL'),
      HEALTH_PORT: String(healthPort),
      PORT: '0',
    };
    return { ...Object.fromEntries(told), ...here } as NodeJS.ProcessEnv;
  };
  const script = (app: string, { args = ['main'] }: Container): string[] => [
    join(checkout, 'dist/apps', app, 'src', `${args[0]}.js`),
    ...args.slice(1),
  ];
  const put = (app: string, key: string, text: string): void => writeFileSync(join(secrets, app, key), text);

  beforeAll(async () => {
    secrets = mkdtempSync(join(tmpdir(), 'processes-'));
    const names = (database: boolean): string =>
      apps
        .filter((one) => one.database === database)
        .map(({ name }) => name)
        .join(' ');
    const env = { DATABASES: names(true), CLIENTS: `${names(false)} operator charging` };
    const made = [join(checkout, 'deploy/compose/secrets.mjs'), secrets, join(checkout, 'deploy/nats/users.conf')];
    expect(spawnSync(process.execPath, made, { env }).status).toBe(0);
    for (const { name, database } of present) {
      put(name, 'redis-url', setting('TEST_REDIS_URL') ?? '');
      put(name, 'nats-password', setting(`TEST_NATS_PASSWORD_${name.toUpperCase()}`) ?? '');
      put(name, 'smtp-url', 'smtp://127.0.0.1:1');
      ['stripe-secret-key', 'stripe-webhook-secret'].forEach((key) => put(name, key, ''));
      if (!database) continue;
      const own = await testDatabase(`run_${name}`);
      databases.push(own);
      put(name, 'database-url', own.url);
    }
  });
  afterAll(async () => {
    running.forEach((child) => child.kill('SIGKILL'));
    for (const database of databases) await database.drop();
    rmSync(secrets, { recursive: true });
  });

  it.each(present.filter(({ database }) => database))('migrates the database of $name, once', ({ name }) => {
    const [container] = containersOf(workload('Job', `${name}-migrate`)) as [Container];
    const [waiting] = containersOf(workload('Deployment', name)) as [Container];
    for (const one of [container, waiting]) {
      const { status, stderr } = spawnSync(process.execPath, script(name, one), {
        env: environment(one, name, 0),
        encoding: 'utf8',
      });
      expect([stderr, status]).toEqual(['', 0]);
    }
  });

  interface Launched {
    readonly child: ChildProcess;
    readonly port: number;
    output: string;
  }

  /** Starts an app and waits until the probes of its manifest are content. */
  async function launch(name: string): Promise<Launched> {
    const container = containersOf(workload('Deployment', name)).at(-1) as Container;
    const port = await anyFree();
    const env = environment(container, name, port);
    const child = spawn(process.execPath, script(name, container), { env, stdio: 'pipe' });
    running.push(child);
    const launched: Launched = { child, port, output: '' };
    [child.stdout, child.stderr].forEach((stream) => stream.on('data', (chunk) => (launched.output += String(chunk))));
    for (const probe of [container.startupProbe, container.readinessProbe]) {
      while ((await asked(launched, probe?.httpGet?.path))?.status !== 200) {
        if (child.exitCode !== null) throw new Error(`${name} ended: ${launched.output}`);
        await pause(100);
      }
    }
    return launched;
  }
  const asked = ({ port }: Launched, path = ''): Promise<Response | undefined> =>
    fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);

  /** Ends it as Kubernetes does; answers its exit code and what went wrong by its log. */
  async function end({ child, output }: Launched): Promise<unknown> {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    return [await ended, output.match(/"level":"(error|fatal)".*/g)];
  }

  it.each(present)('$name answers its probes, and ends in order', async ({ name }) => {
    const launched = await launch(name);
    expect(launched.output).not.toMatch(/complains|permissions violation/i);
    expect(await end(launched)).toEqual([0, null]);
  });

  it('shares the work of a service between three, and loses no request while one after the other leaves', async () => {
    const replicas = [await launch('auth'), await launch('auth'), await launch('auth')];
    const password = setting('TEST_NATS_PASSWORD_GATEWAY');
    const options = { service: 'gateway', url: setting('TEST_NATS_URL') ?? '', user: 'gateway', password };
    const broker = new Broker(options, Log.to({ service: 'gateway', level: 'silent' }), new Health());
    await new Promise<void>((resolve) => broker.whenUp(() => resolve()));
    const bus = new Bus(broker);
    const codes = new Map<string, number>();
    let going = true;
    const caller = async (): Promise<void> => {
      while (going) {
        const code = await bus.call(countries.one, { id: 1 }, internalCaller()).then(
          () => 'ok',
          (error: Refusal) => error.code,
        );
        codes.set(code, (codes.get(code) ?? 0) + 1);
      }
    };
    const callers = Array.from({ length: 8 }, caller);
    const served = async (one: Launched): Promise<number> => {
      const text = (await (await asked(one, '/metrics'))?.text()) ?? '';
      return Number(/^open_cpo_operation\w*_count\{.*countries\.one.*\} (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    for (const one of replicas) while ((await served(one)) === 0) await pause(50);
    for (const one of replicas.slice(1)) expect(await end(one)).toEqual([0, null]);
    going = false;
    await Promise.all(callers);
    await broker.onApplicationShutdown();
    expect([...codes.keys()]).toEqual([expect.stringMatching(/^(ok|not_found)$/)]);
  });
});
