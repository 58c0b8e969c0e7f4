import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chartFiles } from '../chart/chart';
import { checkout } from './compose';
import { isWorkload, type Manifest } from './manifest';
import { restrictedProblems } from './pod-security';
import { hasHelm, run } from './programs/programs';
import { describeRendered, manifestsIn, rendered, renderedWith } from './render';
import { replicasProblems } from './replicas';
import { schemaProblems } from './schema';

const folder = join(checkout, 'deploy/chart');
const below = (path: string): string => readFileSync(join(folder, path), 'utf8');
const paths = existsSync(folder)
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  : [];
const defaults = parse(below('values.yaml')) as object;

/** Values of the way in, pull secrets and so on, as an installation would give them. */
const ON = { enabled: true };
const OTHER_NAMES = {
  image: {
    registry: 'registry.acme.test/cpo',
    tag: '1.2.3',
    pullSecrets: [{ name: 'pull' }],
    digests: { auth: `sha256:${'0'.repeat(64)}` },
  },
  hosts: { api: 'api.acme.test', corsOrigins: 'https://acme.test', mailFrom: 'Acme <a@acme.test>' },
  servers: { namespace: 'cpo-servers' },
  apps: {
    auth: { priorityClassName: 'high', resources: { requests: { cpu: '1' } } },
    worker: { env: { SMTP_TIMEOUT_SECONDS: 20, UPLOAD_MAX_BYTES: 10_485_760, SOME_SWITCH: true, SOME_TEXT: '1e6' } },
  },
  nodeSelector: { pool: 'apps' },
  tolerations: [{ key: 'apps', operator: 'Exists' }],
  keda: { enabled: false },
  nodeLocalDns: { enabled: true, address: '169.254.25.10' },
};

/** What Helm makes of the chart with these values over the defaults. @throws Error also where the schema refuses them */
function helm(values: object = {}, namespace = 'open-cpo'): Manifest[] {
  const args = ['template', 'open-cpo', folder, '-n', namespace, '-f', '-'];
  return manifestsIn(run('helm', args, { input: JSON.stringify(values) }));
}

const describeChart = hasHelm ? describeRendered : describeRendered.skip;

const byName = (one: unknown): string =>
  typeof one === 'object' && one !== null && 'name' in one ? String(one.name) : JSON.stringify(one);
/** The same object, its lists in one order; where order means something (containers, commands) there is one alone. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical).sort((a, b) => byName(a).localeCompare(byName(b)));
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, one]) => [key, canonical(one)]));
}
const substance = (manifests: readonly Manifest[]): Record<string, unknown> =>
  Object.fromEntries(
    manifests
      .filter(({ kind }) => !['Namespace', 'PriorityClass'].includes(kind))
      .map((one) => {
        // Each revision has jobs of its own.
        const name = one.kind === 'Job' ? one.metadata.name.replace(/-1$/, '') : one.metadata.name;
        return [`${one.kind} ${name}`, canonical({ ...one, metadata: { ...one.metadata, name } })];
      }),
  );

describeChart('the chart', () => {
  it('is what the manifests say: node tools/run.mjs tool chart', () => {
    const files = chartFiles(checkout);
    expect(paths.sort()).toEqual(files.map(({ path }) => path).sort());
    expect(files.filter(({ path, text }) => below(path) !== text).map(({ path }) => path)).toEqual([]);
  });

  it('makes the production overlay with its default values', () => {
    expect(substance(helm())).toEqual(substance(rendered('overlays/production')));
  });

  it('makes it with all features as kustomize does with all components', () => {
    const network = { dualStack: ON, nodeLocalDns: ON };
    const values = { tracing: ON, objectStore: ON, board: ON, operator: ON, quota: ON, openshift: true, ...network };
    const chosen = [
      'external-secrets',
      'object-store',
      'board',
      'keda',
      'in-flight',
      'monitoring',
      'tracing',
      'servers-tls',
    ];
    const all = renderedWith('overlays/production', [
      'object-store',
      'board',
      'tracing',
      'quota',
      'openshift',
      'dual-stack',
      'node-local-dns',
    ]);
    const operator = renderedWith('base', ['operator', ...chosen, 'openshift']).filter(({ metadata }) =>
      /^operator(-to-nats)?$/.test(metadata.name),
    );
    expect(substance(helm(values))).toEqual(substance([...all, ...operator]));
  });

  it('makes the base with all features off and an ingress', () => {
    const off = { enabled: false };
    const apps = Object.fromEntries(
      ['auth', 'stations', 'workforce', 'orders', 'payouts', 'notifications', 'chargers', 'gateway'].map((name) => [
        name,
        { autoscaling: { minReplicas: 2, maxReplicas: 10 } },
      ]),
    );
    const { env } = (defaults as { apps: { gateway: { env: Record<string, string> } } }).apps.gateway;
    const ofProduction = Object.keys(env).filter((name) => !/^RATE_LIMIT_(CALLER|ADDRESS)$/.test(name));
    const gateway = { ...apps.gateway, env: Object.fromEntries(ofProduction.map((name) => [name, null])) };
    const values = {
      exposure: { type: 'ingress', controllerNamespace: 'ingress-nginx' },
      servers: { tls: off },
      externalSecrets: off,
      keda: off,
      inFlight: off,
      apps: { ...apps, gateway },
    };
    expect(substance(helm(values))).toEqual(substance(renderedWith('base', ['ingress', 'monitoring'])));
  });

  it('has alerts fire from where the installation says', () => {
    const [rule] = helm({ monitoring: { thresholds: { OutboxLag: 30, QueueOld: null } } }).filter(
      ({ kind }) => kind === 'PrometheusRule',
    );
    const { groups } = rule?.spec as unknown as { groups: { name: string; rules: { labels: { alert: string } }[] }[] };
    const thresholds = groups.find(({ name }) => name === 'thresholds')?.rules;
    expect(thresholds).toContainEqual({
      record: 'open_cpo:threshold',
      expr: 'vector(30)',
      labels: { alert: 'OutboxLag' },
    });
    expect(thresholds?.filter(({ labels }) => labels.alert === 'QueueOld')).toEqual([]);
  });

  it('leaves rules and dashboards to another platform, and is scraped all the same', () => {
    const kinds = helm({ monitoring: { shared: false } }).map(({ kind }) => kind);
    expect(kinds).toContain('PodMonitor');
    expect(kinds).not.toContain('PrometheusRule');
    expect(kinds).not.toContain('ConfigMap');
  });

  it('lets no proxy in where the way in is another', () => {
    const policies = helm({ exposure: { type: 'none' } }).filter(({ kind }) => kind === 'NetworkPolicy');
    const admitting = policies.filter((one) => JSON.stringify(one).includes('envoy-gateway-system'));
    expect(admitting.map(({ metadata }) => metadata.name)).toEqual([]);
  });

  it('has right objects with other names, by the schemas', () => {
    const manifests = helm(OTHER_NAMES, 'cpo-two');
    expect(JSON.stringify(manifests)).toContain('169.254.25.10/32');
    expect(JSON.stringify(manifests)).not.toMatch(/example\.com|open-cpo-data|ghcr\.io|"namespace":"open-cpo"/);
    expect(manifests.flatMap((one) => schemaProblems(one))).toEqual([]);
    const workloads = manifests.filter(isWorkload);
    expect(workloads.flatMap(restrictedProblems)).toEqual([]);
    expect(replicasProblems(manifests)).toEqual([]);
    const auth = workloads.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'auth');
    expect(auth?.spec.template.spec).toMatchObject({
      imagePullSecrets: [{ name: 'pull' }],
      priorityClassName: 'high',
      nodeSelector: { pool: 'apps' },
      containers: [
        { image: `registry.acme.test/cpo/auth@sha256:${'0'.repeat(64)}`, resources: { requests: { cpu: '1' } } },
      ],
    });
    const worker = workloads.find(({ metadata }) => metadata.name === 'worker');
    expect(worker?.spec.template.spec.containers[0]?.image).toBe('registry.acme.test/cpo/worker:1.2.3');
    expect(worker?.spec.template.spec.containers[0]?.env).toEqual(
      expect.arrayContaining([
        { name: 'SMTP_TIMEOUT_SECONDS', value: '20' },
        { name: 'UPLOAD_MAX_BYTES', value: '10485760' },
        { name: 'SOME_SWITCH', value: 'true' },
        { name: 'SOME_TEXT', value: '1e6' },
      ]),
    );
  });

  it.each([
    ['an unknown key', { gateway: {} }],
    ['a way in that there is not', { exposure: { type: 'route' } }],
    ['a number of replicas that is none', { apps: { auth: { autoscaling: { minReplicas: 'two' } } } }],
    ['two replicas of streams', { servers: { streamReplicas: 2 } }],
  ])('refuses %s by its schema', (_what, values) => {
    expect(() => helm(values)).toThrow(/values don't meet the specifications of the schema/);
  });

  it.each([
    ['its default values', {}],
    ['other names', OTHER_NAMES],
    ['an ingress', { exposure: { type: 'ingress' }, quota: ON, openshift: true }],
  ])('has nothing that Helm warns of, with %s', (_what, values) => {
    const found = run('helm', ['lint', '--strict', folder, '-f', '-'], { input: JSON.stringify(values) });
    expect(found).not.toMatch(/\[(WARNING|ERROR)\]/);
  });
});
