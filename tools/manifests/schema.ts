import type { Manifest } from './manifest';

interface Model {
  validate(): void;
}

/** Packages with the schemas of API groups that are not part of Kubernetes itself. */
const packages: Record<string, string> = {
  'gateway.networking.k8s.io': '@kubernetes-models/gateway-api',
  'external-secrets.io': '@kubernetes-models/external-secrets',
  'keda.sh': '@kubernetes-models/keda',
  'postgresql.cnpg.io': '@kubernetes-models/cloudnative-pg',
  'monitoring.coreos.com': '@kubernetes-models/prometheus-operator',
};

/** Versions whose schema is that of another one: the package knows the form before it was declared stable. */
const sameAs: Record<string, string> = { 'external-secrets.io/v1': 'external-secrets.io/v1beta1' };

/** Kinds for which no package has a schema. */
const unknownKinds = [
  'postgresql.cnpg.io/v1 Database',
  'barmancloud.cnpg.io/v1 ObjectStore',
  'cert-manager.io/v1 Issuer',
  'cert-manager.io/v1 Certificate',
  'argoproj.io/v1alpha1 AppProject',
  'argoproj.io/v1alpha1 Application',
  'source.toolkit.fluxcd.io/v1 GitRepository',
  'source.toolkit.fluxcd.io/v1 HelmRepository',
  'kustomize.toolkit.fluxcd.io/v1 Kustomization',
  'helm.toolkit.fluxcd.io/v2 HelmRelease',
];

/** Fields that are newer than the package with the schema: plugins of CloudNativePG, since 1.24. */
const NEWER = [/^\.spec\.plugins\b/, /^\.spec\.externalClusters\.\d+\.plugin\b/];

/** What is wrong with an object by its schema: wrong types and values, missing fields, and fields that do not exist. */
export function schemaProblems(manifest: Manifest): string[] {
  if (unknownKinds.includes(`${manifest.apiVersion} ${manifest.kind}`)) return [];
  const apiVersion = sameAs[manifest.apiVersion] ?? manifest.apiVersion;
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  const path = `${packages[group] ?? 'kubernetes-models'}/${apiVersion}/${manifest.kind}`;
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- the package's name follows from the manifest
  const models = require(path) as Record<string, new (data: unknown) => Model>;
  const Kind = models[manifest.kind];
  if (!Kind) return [`${path} has no schema`];
  const watched = new Watched();
  const model = new Kind({});
  Object.assign(model, watched.over({ ...manifest, apiVersion }, ''));
  try {
    model.validate();
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const unknown = watched.untouched().filter((field) => !NEWER.some((path) => path.test(field)));
  return unknown.map((field) => `${field} does not exist`);
}

/** Notes which fields a validator looks at: it knows no others. */
class Watched {
  private readonly seen = new Set<string>();
  private readonly present: string[] = [];

  /** The same value, watched at every depth. */
  over(value: unknown, path: string): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const list = Array.isArray(value);
    for (const key of Object.keys(value)) if (!list) this.present.push(`${path}.${key}`);
    const watched = Object.entries(value).map(([key, one]): [string, unknown] => [
      key,
      this.over(one, `${path}.${key}`),
    ]);
    const copy = (list ? watched.map(([, one]) => one) : Object.fromEntries(watched)) as object;
    return new Proxy(copy, {
      get: (target, key) => {
        this.seen.add(`${path}.${String(key)}`);
        return Reflect.get(target, key) as unknown;
      },
    });
  }

  untouched(): string[] {
    return this.present.filter((path) => !this.seen.has(path));
  }
}
