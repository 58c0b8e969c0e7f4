import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { chartFiles } from '../chart/chart';
import { type Context, rendered as made } from './charts/go-template';
import { merged } from './charts/nats';
import { checkout } from './compose';
import { isWorkload, type Manifest } from './manifest';
import { restrictedProblems } from './pod-security';
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
const validate = new Ajv({ allowUnionTypes: true }).compile(JSON.parse(below('values.schema.json')) as object);

/** A key that is null is taken away, as by Helm. */
function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null);
  return Object.fromEntries(kept.map(([key, one]) => [key, withoutNulls(one)]));
}

/** What Helm makes of the chart with these values over the defaults. */
function helm(values: object = {}, namespace = 'open-cpo'): Manifest[] {
  const context: Context = {
    Values: withoutNulls(merged(defaults, values)) as object,
    Release: { Namespace: namespace, Revision: 1 },
    Chart: { AppVersion: (parse(below('Chart.yaml')) as { appVersion: string }).appVersion },
    files: Object.fromEntries(paths.filter((path) => path.startsWith('files/')).map((path) => [path, below(path)])),
  };
  expect([validate(context.Values), validate.errors]).toEqual([true, null]);
  return paths
    .filter((path) => path.startsWith('templates/'))
    .flatMap((path) => manifestsIn(made(below(path), context)));
}

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

describeRendered('the chart', () => {
  it('is what the manifests say: node tools/run.mjs tool chart', () => {
    const files = chartFiles(checkout);
    expect(paths.sort()).toEqual(files.map(({ path }) => path).sort());
    expect(files.filter(({ path, text }) => below(path) !== text).map(({ path }) => path)).toEqual([]);
  });

  it('makes the production overlay with its default values', () => {
    expect(substance(helm())).toEqual(substance(rendered('overlays/production')));
  });

  it('makes it with all features as kustomize does with all components', () => {
    const on = { enabled: true };
    const network = { dualStack: on, nodeLocalDns: on };
    const values = { tracing: on, objectStore: on, board: on, operator: on, quota: on, openshift: true, ...network };
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

  it('has right objects with other names, by the schemas', () => {
    const values = {
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
        worker: { env: { SMTP_TIMEOUT_SECONDS: 20 } },
      },
      nodeSelector: { pool: 'apps' },
      tolerations: [{ key: 'apps', operator: 'Exists' }],
      keda: { enabled: false },
      nodeLocalDns: { enabled: true, address: '169.254.25.10' },
    };
    const manifests = helm(values, 'cpo-two');
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
    expect(worker?.spec.template.spec.containers[0]?.env).toContainEqual({ name: 'SMTP_TIMEOUT_SECONDS', value: '20' });
  });

  it.each([
    ['an unknown key', { gateway: {} }],
    ['a way in that there is not', { exposure: { type: 'route' } }],
    ['a number of replicas that is none', { apps: { auth: { autoscaling: { minReplicas: 'two' } } } }],
    ['two replicas of streams', { servers: { streamReplicas: 2 } }],
  ])('refuses %s by its schema', (_what, values) => {
    expect(validate(merged(defaults, values))).toBe(false);
  });
});
