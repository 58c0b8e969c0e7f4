import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { checkout, compose, type ComposeService } from './compose';

const file = compose();
const services = Object.entries(file.services);

/** Gives each volume to its one reader; no other container has a capability or is root. */
const ROOT = 'secrets';
/** Servers of the compose file, by the network on which they are asked. */
const ASKED: Readonly<Record<string, { readonly server: string; readonly by: RegExp }>> = {
  broker: { server: 'nats', by: /^NATS_URL$/ },
  database: { server: 'postgres', by: /^DATABASE_URL_FILE$/ },
  queues: { server: 'redis', by: /^REDIS_URL_FILE$/ },
  mail: { server: 'mail', by: /^SMTP_URL$/ },
};
const asks = ({ environment = {} }: ComposeService, network: string): boolean =>
  Object.keys(environment).some((name) => ASKED[network]?.by.test(name));
const bytes = (text = ''): number => {
  const [, amount, unit = ''] = /^(\d+)(m|g|mb)$/.exec(text) ?? [];
  return Number(amount) * (unit === 'g' ? 1024 : 1);
};

describe.each(services)('the container %s', (name, service) => {
  it('has no capability, gains none and cannot write to its image', () => {
    expect(service).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], read_only: true });
    expect(service.cap_add ?? []).toEqual(name === ROOT ? ['CHOWN', 'DAC_OVERRIDE', 'FOWNER'] : []);
    expect(service.tmpfs).toContain('/tmp');
  });

  it('runs as a user that is not root', () => {
    const [user = '', group = ''] = (service.user ?? '').split(':');
    expect(user).toMatch(/^\d+$/);
    expect(group).toMatch(/^\d+$/);
    expect(user === '0').toBe(name === ROOT);
  });

  it('is limited, and its log is', () => {
    expect(bytes(service.mem_limit)).toBeGreaterThanOrEqual(256);
    expect(bytes(service.mem_limit)).toBeLessThanOrEqual(1024);
    expect(service.pids_limit).toBeLessThanOrEqual(512);
    // An engine refuses more processors than the machine has.
    expect(Number(service.cpus)).toBe(1);
    expect(service.logging).toEqual({ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } });
  });

  it('is on the networks of the servers that it asks, and on no other of theirs', () => {
    const on = service.networks ?? [];
    expect(on.length > 0).toBe(service.network_mode === undefined);
    if (service.network_mode !== undefined) expect(service.network_mode).toBe('none');
    expect(on.filter((network) => !(network in file.networks))).toEqual([]);
    const watched = on.filter((network) => network in ASKED);
    const servers = Object.keys(ASKED).filter((network) => ASKED[network]?.server === name);
    const helpers = name === 'databases' ? ['database'] : [];
    const asked = Object.keys(ASKED).filter((network) => asks(service, network));
    expect([...watched].sort()).toEqual([...new Set([...servers, ...helpers, ...asked])].sort());
  });

  it('listens on this machine alone by default', () => {
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:/);
    // A port of a container on internal networks alone cannot be published.
    if (service.ports) expect(service.networks?.some((network) => !file.networks[network]?.internal)).toBe(true);
  });

  it('names a whole version', () => {
    if (!service.image.startsWith('open-cpo/')) expect(service.image).toMatch(/:v?\d+\.\d+(\.\d+|-|$)/);
    if (!/^(open-cpo\/|postgres:|redis:)/.test(service.image)) expect(service.image).toMatch(/:v?\d+\.\d+\.\d+/);
  });

  it('mounts what there is, and no file of this checkout to be written', () => {
    for (const volume of service.volumes ?? []) {
      const [from = '', , mode] = volume.split(':');
      if (!from.startsWith('.') && !from.startsWith('/')) expect(file.volumes).toHaveProperty([from]);
      else expect([from, mode]).toEqual([from, 'ro']);
      if (from.startsWith('./')) expect(existsSync(join(checkout, from))).toBe(true);
    }
  });
});

describe('the networks of the compose file', () => {
  it('have one server each, with nothing outside where it holds data', () => {
    for (const [network, { server }] of Object.entries(ASKED)) {
      expect([network, file.services[server]?.networks]).toEqual([network, [network]]);
      if (network !== 'mail') expect([network, file.networks[network]?.internal]).toEqual([network, true]);
    }
  });

  it('let those reach the world who may in a cluster, and those who are reached', () => {
    const text = readFileSync(join(checkout, 'k8s/base/network/outside.yaml'), 'utf8');
    const policies = parseAllDocuments(text).map(
      (document) => document.toJS() as { spec: { podSelector: { matchLabels: Record<string, string> } } },
    );
    const allowed = policies.map(({ spec }) => spec.podSelector.matchLabels['app.kubernetes.io/name']);
    const outside = services.filter(([, { networks }]) => networks?.includes('outside')).map(([name]) => name);
    expect(outside.filter((name) => !name.endsWith('-demo')).sort()).toEqual([...new Set(allowed)].sort());
    const edge = services.filter(([, { networks }]) => networks?.includes('edge'));
    expect(edge.map(([name, { ports }]) => [name, ports?.length])).toEqual([
      ['chargers', 1],
      ['gateway', 1],
    ]);
  });
});

describe('the servers of the compose file', () => {
  it('refuse jobs long before the queues are ended for their memory', () => {
    const [, limit = ''] =
      /maxmemory (\d+mb)/.exec(readFileSync(join(checkout, 'deploy/compose/secrets.mjs'), 'utf8')) ?? [];
    expect(bytes(limit)).toBeLessThanOrEqual(bytes(file.services.redis?.mem_limit) * 0.65);
    expect(bytes(limit)).toBeGreaterThan(0);
  });

  it('have the broker read new permissions, by the script that a test runs', () => {
    const { nats } = file.services;
    expect(nats?.entrypoint).toEqual(['/bin/sh', '/nats.sh']);
    expect(nats?.volumes).toContain('./deploy/compose/nats.sh:/nats.sh:ro');
  });
});
