import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Manifest } from './manifest';

const checkout = process.cwd();
export const kubernetesFolder = join(checkout, 'k8s');
export const overlays = ['dev', 'staging', 'production'] as const;

/** Whether manifests can be rendered here. */
export const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

const { describe: all } = globalThis as { readonly describe?: jest.Describe };
/** For tests that need rendered manifests: skipped by name where there is no kubectl; absent outside of tests. */
export const describeRendered = (hasKubectl ? all : all?.skip) as jest.Describe;

/** The objects of a text with several YAML documents. @throws Error for broken YAML and repeated keys */
export function manifestsIn(text: string): Manifest[] {
  const documents = parseAllDocuments(text, { merge: true });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [problem] = document.errors;
    if (problem) throw problem;
    const found = document.toJS() as Manifest | null;
    return found ? [found] : [];
  });
}

/** What `kubectl apply -k` would send for a folder below k8s/. */
export const rendered = (folder: string): Manifest[] => kustomized(join(kubernetesFolder, folder));

function kustomized(folder: string): Manifest[] {
  // Tests that are skipped are collected all the same.
  if (!hasKubectl) return [];
  const run = { encoding: 'utf8', maxBuffer: 1 << 26 } as const;
  const { status, stdout, stderr } = spawnSync('kubectl', ['kustomize', folder], run);
  if (status !== 0) throw new Error(`kubectl kustomize ${folder}: ${stderr}`);
  return manifestsIn(stdout);
}

/** The components below k8s/. */
export const components = readdirSync(join(kubernetesFolder, 'components')).sort();

interface Namespaces {
  readonly apps: string;
  readonly servers: string;
}
const namespacesOf = (data: Namespaces): object => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'namespaces', annotations: { 'config.kubernetes.io/local-config': 'true' } },
  data,
});

/** What an overlay of somebody's own would send: a folder below k8s/ with components, in this order, and `more`. */
export function renderedWith(
  folder: string,
  chosen: readonly string[],
  more: object = {},
  names: Namespaces = { apps: 'open-cpo', servers: 'open-cpo-data' },
): Manifest[] {
  // Kustomize knows addresses that are relative, and no links on the way.
  const place = mkdtempSync(join(tmpdir(), 'overlay-'));
  const below = (path: string): string => relative(place, join(kubernetesFolder, path));
  // These components take their names from a resource of the overlay.
  const hosts = chosen.includes('hosts') ? ['hosts.yaml'] : [];
  if (hosts[0]) copyFileSync(join(kubernetesFolder, 'overlays/production/hosts.yaml'), join(place, hosts[0]));
  const namespaces = chosen.includes('namespaces') ? ['namespaces.yaml'] : [];
  if (namespaces[0]) writeFileSync(join(place, namespaces[0]), stringify(namespacesOf(names)));
  const resources = [below(folder), ...hosts, ...namespaces];
  const parts = { resources, components: chosen.map((name) => below(`components/${name}`)) };
  const overlay = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', namespace: 'open-cpo' };
  writeFileSync(join(place, 'kustomization.yaml'), stringify({ ...overlay, ...parts, ...more }));
  try {
    return kustomized(place);
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** What a copy of an overlay would send in which `names` stand in the place of the old ones. */
export function renderedCopy(overlay: string, names: Readonly<Record<string, string>>): Manifest[] {
  const place = mkdtempSync(join(tmpdir(), 'overlay-'));
  const folder = join(kubernetesFolder, 'overlays', overlay);
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('../../', `${relative(place, kubernetesFolder)}/`);
    const put = Object.entries(names).reduce((whole, [old, name]) => whole.replaceAll(old, name), text);
    writeFileSync(join(place, file), put);
  }
  try {
    return kustomized(place);
  } finally {
    rmSync(place, { recursive: true });
  }
}

/** The files below a folder of k8s/ that hold whole objects (patches and settings of charts do not). */
export function manifestFiles(): { file: string; manifests: Manifest[] }[] {
  const entries = readdirSync(kubernetesFolder, { withFileTypes: true, recursive: true });
  const files = entries.map((entry) => join(entry.parentPath, entry.name)).filter((file) => file.endsWith('.yaml'));
  return files.sort().flatMap((file) => {
    const partial =
      /\/(patches|overlays)\/|(servers-tls|tracing|object-store|dual-stack|board)\/(deployment|waiting|migration|setup|listen)|in-flight|collector|kustomization\.yaml$|servers\/nats\/(users|values|tls|monitoring)/.test(
        file,
      );
    return partial
      ? []
      : [{ file: file.slice(checkout.length + 1), manifests: manifestsIn(readFileSync(file, 'utf8')) }];
  });
}
