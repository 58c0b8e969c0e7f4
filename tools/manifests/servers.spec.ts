import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apps } from '../stack/apps';
import { checkout } from './compose';
import { type Container, type Manifest, type Workload } from './manifest';
import { describeRendered, manifestsIn, rendered } from './render';

interface Cluster {
  readonly resources: Container['resources'];
  readonly postgresql: { readonly parameters: Record<string, string> };
  readonly managed: { readonly roles: readonly { readonly name: string; readonly connectionLimit?: number }[] };
  readonly plugins: readonly Plugin[];
  readonly externalClusters: readonly { readonly name: string; readonly plugin: Plugin }[];
}
interface Plugin {
  readonly name: string;
  readonly isWALArchiver?: boolean;
  readonly parameters: Readonly<Record<string, string>>;
}
interface Scaler {
  readonly maxReplicas: number;
  readonly scaleTargetRef: { readonly name: string };
}

const named = (manifests: readonly Manifest[], kind: string, name: string): Manifest =>
  manifests.find((one) => one.kind === kind && one.metadata.name === name) as Manifest;

/** Connections of one replica, by the sources: reads and writes, streams, and the one by which it lives. */
function connectionsOfOne(): number {
  const source = readFileSync(join(checkout, 'libs/persistence/src/connection/settings.ts'), 'utf8');
  const [, pool, , streams] = /DEFAULT_POOL = (\d+)([^]*)STREAMS = (\d+)/.exec(source) ?? [];
  return Number(pool) + Number(streams) + 1;
}

describeRendered('PostgreSQL on Kubernetes', () => {
  const servers = rendered('servers');
  const cluster = named(servers, 'Cluster', 'postgres')?.spec as unknown as Cluster;
  const parameter = (name: string, of = cluster): number => Number(of.postgresql.parameters[name]);
  const services = apps.filter(({ database }) => database).map(({ name }) => name);
  const scalers = rendered('overlays/production')
    .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
    .map(({ spec }) => spec as unknown as Scaler);
  /** Replicas of a service at most; one more while they are renewed. */
  const most = (service: string): number => {
    const scaler = scalers.find(({ scaleTargetRef }) => scaleTargetRef.name === service);
    return (scaler?.maxReplicas ?? NaN) + 1;
  };
  /** A migration's connections. */
  const MIGRATION = 2;
  /** Superusers, replication and the operator. */
  const RESERVED = 25;

  it('has connections for all replicas of all services, also while they are renewed', () => {
    expect(connectionsOfOne()).toBe(11);
    const needed = services.reduce((sum, name) => sum + most(name) * connectionsOfOne() + MIGRATION, RESERVED);
    expect(parameter('max_connections')).toBeGreaterThanOrEqual(needed);
  });

  it.each(services)('lets %s have as many as its replicas need', (name) => {
    const role = cluster.managed.roles.find((one) => one.name === `cpo_${name}`);
    expect(role?.connectionLimit).toBeGreaterThanOrEqual(most(name) * connectionsOfOne() + MIGRATION);
  });

  it('tells the scheduler what its pods need, storage of the node too, also after recovery', () => {
    const restored = named(rendered('recovery'), 'Cluster', 'postgres-restored').spec as unknown as Cluster;
    const needed = { cpu: expect.any(String), memory: '4Gi', 'ephemeral-storage': expect.any(String) };
    expect(cluster.resources).toEqual({
      requests: needed,
      limits: { memory: '4Gi', 'ephemeral-storage': expect.any(String) },
    });
    expect(restored.resources).toEqual(cluster.resources);
  });

  it.each([
    ['servers', 'postgres'],
    ['recovery', 'postgres-restored'],
  ])('spreads the instances of %s over nodes, with or without zones', (folder, name) => {
    expect(named(rendered(folder), 'Cluster', name).spec).toMatchObject({
      affinity: { topologyKey: 'topology.kubernetes.io/zone' },
      topologySpreadConstraints: [
        {
          topologyKey: 'kubernetes.io/hostname',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels: { 'cnpg.io/cluster': name } },
        },
      ],
    });
  });

  it('has its roles after a recovery, with the passwords of the secrets', () => {
    const restored = named(rendered('recovery'), 'Cluster', 'postgres-restored').spec as unknown as Cluster;
    expect(cluster.managed.roles).toHaveLength(3 * services.length);
    expect(restored.managed).toEqual(cluster.managed);
  });

  it('has TLS after a recovery as before it', () => {
    const before = named(rendered('servers-tls'), 'Cluster', 'postgres').spec as Record<string, unknown>;
    const after = named(rendered('recovery-tls'), 'Cluster', 'postgres-restored').spec as Record<string, unknown>;
    const names = named(rendered('servers-tls'), 'Certificate', 'postgres').spec as { dnsNames: string[] };
    expect(before.certificates).toBeDefined();
    expect(after.certificates).toEqual(before.certificates);
    expect((after.postgresql as Record<string, unknown>).pg_hba).toEqual(
      (before.postgresql as Record<string, unknown>).pg_hba,
    );
    expect(names.dnsNames).toContain('postgres-restored-rw.open-cpo-data');
  });

  it('is backed up every night, and can be had back from where the backups are', () => {
    const plugin = 'barman-cloud.cloudnative-pg.io';
    const [archiver] = cluster.plugins;
    const store = archiver?.parameters.barmanObjectName ?? '';
    expect(archiver).toMatchObject({ name: plugin, isWALArchiver: true });
    expect(named(servers, 'ObjectStore', store).spec).toMatchObject({ retentionPolicy: '30d' });
    const made = { method: 'plugin', pluginConfiguration: { name: plugin } };
    const nightly = named(servers, 'ScheduledBackup', 'postgres-nightly').spec;
    expect(nightly).toMatchObject({ ...made, cluster: { name: 'postgres' } });
    const restored = named(rendered('recovery'), 'Cluster', 'postgres-restored').spec as unknown as Cluster;
    const [archive] = restored.externalClusters;
    expect(archive?.plugin).toEqual({ name: plugin, parameters: { barmanObjectName: store, serverName: 'postgres' } });
    // What is gone on with is backed up, in a folder of its own (that of the cluster's name).
    expect(restored.plugins).toEqual(cluster.plugins);
    const [again] = rendered('recovery').filter(({ kind }) => kind === 'ScheduledBackup');
    expect(again?.spec).toMatchObject({ ...made, immediate: true, cluster: { name: 'postgres-restored' } });
    const manual = readFileSync(join(checkout, 'k8s/servers/postgres/backup-now.yaml'), 'utf8');
    expect(manifestsIn(manual)[0]?.spec).toEqual({ ...made, cluster: { name: 'postgres' } });
    // PostgreSQL does not recover with less than it had.
    expect(parameter('max_connections', restored)).toBeGreaterThanOrEqual(parameter('max_connections'));
  });
});

describeRendered('Valkey on Kubernetes', () => {
  const servers = rendered('servers');
  const workload = named(servers, 'StatefulSet', 'valkey') as Workload;
  const configuration = (named(servers, 'ConfigMap', 'valkey') as Manifest & { data: Record<string, string> }).data;

  /** The arguments that a pod starts its server with. */
  function argumentsOf(pod: string, primary: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'valkey-'));
    writeFileSync(join(folder, 'primary'), primary);
    writeFileSync(join(folder, 'valkey-server'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    const { command = [], args = [] } = workload.spec.template.spec.containers[0] ?? {};
    const [program = '', ...rest] = [...command, ...args].map((text) => text.replaceAll('/configuration', folder));
    const env = { PATH: `${folder}:/usr/bin:/bin`, HOSTNAME: pod };
    const { stdout, stderr } = spawnSync(program, rest, { env, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(stderr).toBe('');
    return stdout.replaceAll(folder, '/configuration').trim();
  }
  const own = '/configuration/valkey.conf';

  it.each([
    ['valkey-0', 'valkey-0', own],
    ['valkey-1', 'valkey-0', `${own} --replicaof valkey-0.valkey-pods 6379`],
    ['valkey-1', 'valkey-1', own],
    ['valkey-0', 'valkey-1', `${own} --replicaof valkey-1.valkey-pods 6379`],
  ])('starts %s beside the primary %s as what it is', (pod, primary, expected) => {
    expect(argumentsOf(pod, primary)).toBe(expected);
  });

  it('has no password on a command line, nor in its environment', () => {
    const [container] = workload.spec.template.spec.containers;
    expect(JSON.stringify(container)).not.toMatch(/requirepass|masterauth|REDISCLI_AUTH|secretKeyRef/);
    expect(configuration['valkey.conf']).toMatch(/aclfile \/users\/users.acl\n *include \/users\/replication.conf/);
  });

  it('is reached at its primary', () => {
    const { selector } = named(servers, 'Service', 'valkey').spec as { selector: Record<string, string> };
    expect(selector['statefulset.kubernetes.io/pod-name']).toBe(configuration.primary);
  });

  it('evicts no job and forgets none', () => {
    expect(configuration['valkey.conf']).toMatch(/appendonly yes[^]*maxmemory-policy noeviction/);
  });

  it('refuses what is too much long before it is ended for it', () => {
    const most = Number(/^maxmemory (\d+)mb$/m.exec(configuration['valkey.conf'] ?? '')?.[1]);
    const [container] = workload.spec.template.spec.containers;
    expect(container?.resources?.limits?.memory).toBe('1Gi');
    expect(most).toBeLessThanOrEqual(0.7 * 1024);
  });
});

describeRendered('the servers with TLS', () => {
  const servers = rendered('servers-tls');
  const plain = rendered('servers');
  const spec = <T>(kind: string, name: string): T => named(servers, kind, name).spec as unknown as T;
  const certificates = servers.filter(({ kind }) => kind === 'Certificate');

  it('are the same servers', () => {
    const names = (all: readonly Manifest[]): string[] => all.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names(servers)).toEqual(expect.arrayContaining(names(plain)));
  });

  it('have certificates for the names by which apps call them', () => {
    const called = [
      'nats.open-cpo-data.svc',
      'valkey.open-cpo-data',
      'valkey.open-cpo-data.svc',
      'postgres-rw.open-cpo-data',
    ];
    const certified = certificates.flatMap(({ spec: one }) => (one as { dnsNames?: string[] }).dnsNames ?? []);
    expect(certified).toEqual(expect.arrayContaining(called));
    const issuers = certificates.map(({ spec: one }) => (one as { issuerRef: { name: string } }).issuerRef.name);
    expect(issuers.sort()).toEqual(['servers', 'servers', 'servers', 'servers-root']);
  });

  it('answer nobody without TLS', () => {
    const { data } = named(servers, 'ConfigMap', 'valkey') as Manifest & { data: Record<string, string> };
    expect(data['valkey.conf']).toContain('include /configuration/tls.conf');
    expect(data['tls.conf']).toMatch(/^port 0\ntls-port 6379$/m);
    expect(data['tls.conf']).toContain('tls-replication yes');
    const cluster = spec<{ postgresql: { pg_hba: string[] } }>('Cluster', 'postgres');
    expect(cluster.postgresql.pg_hba).toEqual(['hostnossl all all all reject']);
  });

  it('mount the certificates that are made', () => {
    const made = certificates.map(({ spec: one }) => (one as { secretName: string }).secretName);
    const { volumes = [] } = (named(servers, 'StatefulSet', 'valkey') as Workload).spec.template.spec;
    const { certificates: of } = spec<{ certificates: Record<string, string> }>('Cluster', 'postgres');
    const mounted = volumes.flatMap(({ name, secret }) => (name === 'certificates' ? (secret?.secretName ?? '') : []));
    expect(made).toEqual(expect.arrayContaining([...mounted, ...Object.values(of), 'nats-tls']));
  });

  it('are asked by probes over TLS', () => {
    const [container] = (named(servers, 'StatefulSet', 'valkey') as Workload).spec.template.spec.containers;
    const probes = JSON.stringify([container?.readinessProbe, container?.livenessProbe]);
    expect(probes.match(/--tls --cacert \/certificates\/ca.crt/g)).toHaveLength(2);
  });

  it('scale the worker over TLS in production, all queues', () => {
    const scaled = named(rendered('overlays/production'), 'ScaledObject', 'worker').spec as unknown as {
      triggers: { metadata: { enableTLS?: string } }[];
    };
    expect(new Set(scaled.triggers.map(({ metadata }) => metadata.enableTLS))).toEqual(new Set(['true']));
  });
});
