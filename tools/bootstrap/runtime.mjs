import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fail, run, step } from './terminal.mjs';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Whether a version is in a range like "^22.13.0 || ^24.0.0", the only form that package.json uses. */
export function supports(range, version) {
  const [major, minor] = version.split('.').map(Number);
  return range.split('||').some((part) => {
    const [wantedMajor, wantedMinor] = part.match(/\d+/g).map(Number);
    return major === wantedMajor && minor >= wantedMinor;
  });
}

/**
 * The Node that everything runs with: this process's own when package.json supports it, otherwise the pinned one of the
 * npm registry, which then comes first in PATH, so that npm and the programs of node_modules run with it too.
 */
export function runtime(checkout) {
  const own = process.versions.node;
  if (supports(readJson(join(checkout, 'package.json')).engines.node, own)) {
    return process.execPath;
  }
  const name = `node-${process.platform}-${process.arch}`;
  const version = readJson(join(checkout, 'tools/bootstrap/package.json')).optionalDependencies[name];
  if (!version) {
    fail(
      `Node ${own} is not supported, and none is pinned for ${process.platform} ${process.arch}: install Node 24 (https://nodejs.org).`,
    );
  }
  const program = installed(checkout, name, version);
  // Not on the standard output, which belongs to the command.
  process.stderr.write(`Using Node ${version} from the npm registry: this machine's Node ${own} is not supported.\n`);
  process.env.PATH = `${dirname(program)}${delimiter}${process.env.PATH ?? ''}`;
  return program;
}

/** Installs the pinned Node as its lockfile says, unless it is there; two commands may do so at the same time. */
function installed(checkout, name, version) {
  const folder = join(checkout, '.data/runtime', version);
  const program = join(folder, 'node_modules', name, 'bin/node');
  if (existsSync(program)) {
    return program;
  }
  const made = `${folder}.${process.pid}`;
  mkdirSync(made, { recursive: true });
  for (const file of ['package.json', 'package-lock.json']) {
    copyFileSync(join(checkout, 'tools/bootstrap', file), join(made, file));
  }
  // The package has no scripts; "omit" in the user's npm settings must not leave it out.
  const args = ['ci', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  step(`Installing Node ${version}`, () => run(made, 'npm', args));
  const { error, status, stderr } = spawnSync(join(made, 'node_modules', name, 'bin/node'), ['--version']);
  if (status !== 0) {
    rmSync(made, { recursive: true });
    // npm passes over an optional package that it cannot fetch.
    const reason =
      error?.code === 'ENOENT'
        ? 'cannot be fetched (npm logs the reason in ~/.npm/_logs)'
        : `does not run here: ${error?.message ?? stderr}`;
    fail(`Node ${version} of the npm registry ${reason.trim()}. Install Node 24 yourself (https://nodejs.org).`);
  }
  try {
    renameSync(made, folder);
  } catch (error) {
    rmSync(made, { recursive: true });
    if (!existsSync(program)) throw error;
  }
  return program;
}
