import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { apps } from '../../stack/apps';
import { askForCode, countPowerCenters, Load } from '../run/client';
import { until } from '../run/until';
import type { ContainerRun } from '../container-run';
import { expected, type Step } from './step';

const services = apps.filter(({ database }) => database).map(({ name }) => name);
const [first = 'auth'] = services;
const everybody = [...apps.map(({ name }) => name), 'stations-2'];

/** The services that have demo data. */
const withDemo = ({ sources }: ContainerRun): string[] =>
  services.filter((name) => existsSync(join(sources, 'apps', name, 'src/demo.ts')));

/** From images to a platform that serves, each app locked in as Kubernetes does it. */
export const platformSteps: readonly Step[] = [
  {
    name: 'starts PostgreSQL, NATS with permissions, Redis and a mail catcher',
    work: async ({ platform }) => {
      await platform.startServers();
      return [];
    },
  },
  {
    name: 'lets a one-shot end when it is told to, although it is the first process and has not thought of signals',
    work: async ({ engine, platform }) => {
      await platform.start(first, 'waiting', ['migrate', 'wait']);
      const listens = async () => (await signalsOf(engine, 'waiting')) !== 0n;
      await until('The process of a one-shot', listens, () => engine.log('waiting'));
      const code = await platform.end('waiting');
      expected(code === 143, `It ended with ${code}:\n${await engine.log('waiting')}`);
      return [];
    },
  },
  {
    name: 'migrates by one-shots, twice without harm, and loads demo data',
    work: async (run) => {
      const { platform } = run;
      await Promise.all(services.map((service) => platform.once(service, ['migrate'])));
      await platform.once(first, ['migrate']);
      const demo = (service: string) => platform.once(service, ['demo'], ['--env=NODE_ENV=development']);
      await Promise.all(withDemo(run).map(demo));
      return [];
    },
  },
  {
    name: 'sets up the broker, twice without harm',
    work: async ({ platform }) => {
      await platform.setUpBroker();
      await platform.setUpBroker();
      return [];
    },
  },
  {
    name: 'boots every app until its own health check is content',
    work: async ({ platform }) => {
      for (const { name } of apps) await platform.start(name);
      await platform.start('stations', 'stations-2');
      for (const name of everybody) await platform.healthy(name);
      return [everybody.join(', ')];
    },
  },
  {
    name: 'has locked them in: read-only, no capability, no new privilege, filtered system calls, limited memory',
    work: async (run) => {
      const lines: string[] = [];
      for (const name of everybody) lines.push(await lockedIn(run, name));
      return lines;
    },
  },
  {
    name: 'answers through the gateway: a login, a list, an e-mail',
    work: async ({ engine, platform }) => {
      const count = await countPowerCenters(platform.url);
      const address = await askForCode(platform.url);
      const arrived = async () => (await engine.log('mail')).includes(address);
      await until('The e-mail', arrived, () => engine.log('worker'));
      return [`${count} power centers`];
    },
  },
  {
    name: 'lets operators do their work from a container',
    work: async ({ platform }) => {
      const help = await platform.operator();
      expected(/^Usage: operator </.test(help) && help.includes('rates list'), `The operators’ help says:\n${help}`);
      const rates = JSON.parse(await platform.operator('rates', 'list', '--json')) as object[];
      expected(rates.length > 0, 'There are no rates.');
      return [`${rates.length} rates`];
    },
  },
  {
    name: 'loses no request while a service leaves under load, and ends every app in order',
    work: async ({ engine, platform }) => {
      const load = await Load.start(platform.url, 8);
      const some = async () => load.count > 100;
      await until('The load', some, () => engine.log('gateway'));
      const codes = [await platform.end('stations-2')];
      const before = load.count;
      await until(
        'The load',
        async () => load.count > before + 100,
        () => engine.log('gateway'),
      );
      await load.stop();
      expected([...load.answers.keys()].join() === '200', `The callers got ${JSON.stringify([...load.answers])}.`);
      for (const { name } of [...apps].reverse()) codes.push(await platform.end(name));
      expected(
        codes.every((code) => code === 0),
        `The apps ended with ${codes.join(', ')}.`,
      );
      await engine.clear();
      return [`${load.count} requests answered`];
    },
  },
];

/** The signals that the first process of a container catches. */
async function signalsOf(engine: ContainerRun['engine'], name: string): Promise<bigint> {
  const { out } = await engine.tryPodman('exec', name, 'cat', '/proc/1/status');
  const caught = BigInt(`0x${/^SigCgt:\s*([0-9a-f]+)$/m.exec(out)?.[1] ?? '0'}`);
  // The bit of SIGTERM.
  return caught & (1n << 14n);
}

async function lockedIn({ engine, platform }: ContainerRun, name: string): Promise<string> {
  const powers = await platform.powers(name);
  expected(powers.user === 10001, `${name} runs as ${powers.user}.`);
  expected(powers.capabilities === 0n, `${name} has capabilities.`);
  expected(powers.noNewPrivileges && powers.seccomp, `${name} may gain privileges, or call anything.`);
  const write = (path: string) => engine.tryPodman('exec', name, 'sh', '-c', `echo x > ${path}`);
  expected((await write('/app/x')).code !== 0, `${name} can write its own program.`);
  expected((await write('/tmp/x')).code === 0, `${name} cannot write to /tmp.`);
  const limit = await engine.inspect<number>(name, '.HostConfig.Memory');
  expected(limit > 0, `${name} may take all memory.`);
  const used = await engine.podman('stats', '--no-stream', '--format', '{{.MemUsage}}', name);
  return `${name}: ${used}`;
}
