import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parse, parseAllDocuments, stringify, type Tags } from 'yaml';
import type { Manifest } from './manifest';
import { hasKubectl, run } from './programs/programs';

const checkout = process.cwd();
export const kubernetesFolder = join(checkout, 'k8s');
export const overlays = ['dev', 'staging', 'production'] as const;

const { describe: all } = globalThis as { readonly describe?: jest.Describe };
/** For tests that need rendered manifests: skipped by name where there is no kubectl; absent outside of tests. */
export const describeRendered = (hasKubectl ? all : all?.skip) as jest.Describe;

const TIMESTAMP = 'tag:yaml.org,2002:timestamp';

/**
 * The objects of a text with several YAML documents, read as Kubernetes does: by YAML 1.1, with times as texts.
 * @throws Error for broken YAML and repeated keys
 */
export function manifestsIn(text: string): Manifest[] {
  const customTags = (tags: Tags): Tags => tags.filter((tag) => typeof tag === 'string' || tag.tag !== TIMESTAMP);
  const documents = parseAllDocuments(text, { merge: true, version: '1.1', customTags });
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document) => {
    const [problem] = document.errors;
    if (problem) throw problem;
    const found = document.toJS() as Manifest | null;
    return found ? [found] : [];
  });
}

/** What `kubectl apply -k` would send for a folder below k8s/; kept below `.data` for as long as k8s/ stays the same. */
export function rendered(folder: string): Manifest[] {
  state ??= stateOf(kubernetesFolder);
  const kept = join(checkout, '.data/checks/rendered', state, `${folder.replaceAll('/', '_')}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8')) as Manifest[];
  const manifests = kustomized(join(kubernetesFolder, folder));
  if (manifests.length === 0) return manifests;
  mkdirSync(dirname(kept), { recursive: true });
  writeFileSync(`${kept}.${process.pid}`, JSON.stringify(manifests));
  renameSync(`${kept}.${process.pid}`, kept);
  return manifests;
}

let state: string | undefined;

/** A digest of all files below a folder. */
function stateOf(folder: string): string {
  const digest = createHash('sha256');
  for (const file of filesBelow(folder)) digest.update(`${relative(folder, file)}\0`).update(readFileSync(file));
  return digest.digest('hex').slice(0, 16);
}

function filesBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function kustomized(folder: string): Manifest[] {
  // Tests that are skipped are collected all the same.
  if (!hasKubectl) return [];
  return manifestsIn(run('kubectl', ['kustomize', folder]));
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

interface Kustomization {
  readonly patches?: readonly { readonly path?: string }[];
}

/** The patches below k8s/ that stand in files of their own: the kustomization beside them names them. */
function patchFiles(files: readonly string[]): Set<string> {
  const kustomizations = files.filter((file) => file.endsWith('/kustomization.yaml'));
  return new Set(
    kustomizations.flatMap((file) => {
      const { patches = [] } = parse(readFileSync(file, 'utf8')) as Kustomization;
      return patches.flatMap(({ path }) => (path ? [join(dirname(file), path)] : []));
    }),
  );
}

/** Kustomizations, and the values and configuration files of third-party charts and programs. */
const NO_OBJECTS =
  /\/kustomization\.yaml$|components\/in-flight\/|collector|servers\/nats\/(users|values|tls|monitoring|openshift)/;

/** The files below k8s/ that hold whole objects. */
export function manifestFiles(): { file: string; manifests: Manifest[] }[] {
  const files = filesBelow(kubernetesFolder).filter((file) => file.endsWith('.yaml'));
  const patches = patchFiles(files);
  return files
    .filter((file) => !patches.has(file) && !NO_OBJECTS.test(file))
    .map((file) => ({ file: file.slice(checkout.length + 1), manifests: manifestsIn(readFileSync(file, 'utf8')) }));
}
