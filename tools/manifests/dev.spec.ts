import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps } from '../stack/apps';
import { basics } from '../stack/environment';
import { checkout } from './compose';
import { containersOf, isWorkload, type Manifest } from './manifest';
import { restrictedProblems } from './pod-security';
import { describeRendered, kubernetesFolder, rendered } from './render';
import { schemaProblems } from './schema';

/** API groups that every cluster has. */
const BUILT_IN = /^(v1|apps\/v1|batch\/v1|policy\/v1|networking\.k8s\.io\/v1)$/;
type Settings = Manifest & { readonly data?: Readonly<Record<string, string>> };

describeRendered('the platform for developers', () => {
  const manifests = rendered('dev') as Settings[];
  const workloads = manifests.filter(isWorkload);

  it('needs nothing but a cluster', () => {
    expect(manifests.filter(({ apiVersion }) => !BUILT_IN.test(apiVersion))).toEqual([]);
    expect(manifests.flatMap((one) => schemaProblems(one).map((text) => `${one.metadata.name}: ${text}`))).toEqual([]);
    const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.namespace} ${metadata.name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('runs one of each app and server', () => {
    const running = workloads
      .filter(({ kind }) => kind !== 'Job')
      .map(({ metadata, spec }) => [metadata.name, spec.replicas]);
    const servers = ['mail', 'nats', 'postgres', 'valkey'];
    const names = [...apps.map(({ name }) => name), ...servers].sort();
    expect(Object.fromEntries(running)).toEqual(Object.fromEntries(names.map((name) => [name, 1])));
  });

  it('has pods of the level restricted alone', () => {
    expect(workloads.flatMap(restrictedProblems)).toEqual([]);
  });

  it('has servers by the names that apps call, on their ports', () => {
    const services = manifests.filter(
      ({ kind, metadata }) => kind === 'Service' && metadata.namespace === 'open-cpo-data',
    );
    const ports = services.flatMap(({ metadata, spec }) =>
      (spec as { ports: { port: number }[] }).ports.map(({ port }) => `${metadata.name}:${port}`),
    );
    expect(ports).toEqual(expect.arrayContaining(['nats:4222', 'valkey:6379', 'postgres-rw:5432', 'mail:1025']));
  });

  it('asks its broker of one node for one replica', () => {
    const [setup] = workloads.filter(({ metadata }) => metadata.name === 'broker-setup').flatMap(containersOf);
    expect(setup?.env).toContainEqual({ name: 'STREAM_REPLICAS', value: '1' });
  });

  it('gives the broker the users of the platform, and every password that they have', () => {
    const users =
      manifests.find(({ metadata }) => metadata.name.startsWith('nats-users-conf'))?.data?.['users.conf'] ?? '';
    expect(users).toBe(readFileSync(join(checkout, 'deploy/nats/users.conf'), 'utf8'));
    const [broker] = workloads.filter(({ metadata }) => metadata.name === 'nats').flatMap(containersOf);
    const known = (broker?.env ?? []).map(({ name }) => name);
    expect([...new Set(users.match(/(?<=\$)\w+_NATS_PASSWORD/g))].sort()).toEqual(known.sort());
  });

  it('makes a database and its roles for each service that has one', () => {
    const script = readFileSync(join(kubernetesFolder, 'servers-dev/databases.sh'), 'utf8');
    const [, named = ''] = /^for service in (.*); do$/m.exec(script) ?? [];
    const services = apps.filter(({ database }) => database).map(({ name }) => name);
    expect(named.split(' ').sort()).toEqual([...services].sort());
    const [postgres] = workloads.filter(({ metadata }) => metadata.name === 'postgres').flatMap(containersOf);
    const mounted = (postgres?.volumeMounts ?? []).flatMap(
      ({ mountPath }) => /^\/secrets\/(.*)$/.exec(mountPath)?.[1] ?? [],
    );
    expect(mounted.sort()).toEqual(services.flatMap((name) => [name, `${name}-owner`]).sort());
  });
});

describe('the command for developers', () => {
  it('makes the secrets, and applies all in order', () => {
    const place = mkdtempSync(join(tmpdir(), 'dev-'));
    mkdirSync(join(place, 'bin'));
    writeFileSync(join(place, 'bin/kubectl'), `#!/bin/sh\necho "$@" >> ${place}/asked\n`, { mode: 0o755 });
    const env = { ...basics(), PATH: `${place}/bin:${basics().PATH ?? ''}` };
    const script = join(checkout, 'deploy/kubernetes/dev.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, join(place, 'secrets')], { env, encoding: 'utf8' });
    const asked = readFileSync(join(place, 'asked'), 'utf8').replaceAll(place, '').trim().split('\n');
    rmSync(place, { recursive: true });
    expect([status, stderr]).toEqual([0, '']);
    expect(asked).toEqual([
      'apply -f k8s/base/namespace.yaml -f k8s/servers/namespace.yaml',
      'apply --server-side -f /secrets/kubernetes.json',
      'delete job -n open-cpo -l open-cpo/migration --ignore-not-found',
      'apply -k k8s/dev',
    ]);
  });
});
