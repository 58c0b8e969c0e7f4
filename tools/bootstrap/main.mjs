// Plain JavaScript without dependencies: it installs the locked dependencies, builds what changed and starts the compiled
// stack in dist/tools/stack.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { areCurrent, CLIENT_TYPES } from './client-types.mjs';
import { runtime } from './runtime.mjs';
import { run, runBeside, step } from './terminal.mjs';

const checkout = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const sourceFolders = ['apps', 'libs', 'tools', 'bench'].filter((folder) => existsSync(join(checkout, folder)));
const [command = 'start', ...args] = process.argv.slice(2);

const isDone = (file, key) => existsSync(file) && readFileSync(file, 'utf8') === key;

/** Does the work unless the stamp says that it was done for the same key. */
function unlessDone(stamp, key, text, work) {
  const file = join(checkout, stamp);
  if (isDone(file, key)) return;
  rmSync(file, { force: true });
  step(text, work);
  stamped(file, key);
}

function stamped(file, key) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, key);
}

/** Whether node_modules holds what the lockfile says; npm keeps a list of what it installed. */
function installed() {
  const hidden = join(checkout, 'node_modules/.package-lock.json');
  if (!existsSync(hidden)) {
    return false;
  }
  const read = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = read(hidden);
  const wanted = Object.entries(read(join(checkout, 'package-lock.json'))).filter(([path]) => path !== '');
  // Optional packages are for other systems when they are absent.
  return wanted.every(([path, { version, optional }]) =>
    present[path] ? present[path].version === version : optional === true,
  );
}

function installDependencies() {
  if (!installed()) {
    // Development dependencies build and test: a NODE_ENV=production around must not leave them out.
    // The lockfile has every peer that is needed; npm 9, as Debian 13 has it, takes optional ones for missing and refuses.
    const args = ['ci', '--include=dev', '--legacy-peer-deps', '--no-audit', '--no-fund', '--loglevel=error'];
    step('Installing dependencies', () => run(checkout, 'npm', args));
  }
}

function sources(folder) {
  if (!existsSync(folder)) {
    return [];
  }
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** What is built on its own, by `buildDashboard`. */
const DASHBOARD = join(checkout, 'apps/dashboard');
/** Not compiled: tests, and a file of types alone. */
const isLeftOut = (file) => /\.(spec|e2e-spec|spec-helper)\.ts$/.test(file) || file === join(checkout, CLIENT_TYPES);

/** Types by which the dashboard, the tests and editors know the API; nothing of them is left in what is compiled. */
function makeClientTypes(node) {
  if (!existsSync(join(checkout, dirname(CLIENT_TYPES))) || areCurrent(checkout)) return;
  step('Making the types of the client', () => run(checkout, node, ['tools/bootstrap/client-types.mjs']));
}

function build(node) {
  const files = sourceFolders
    .flatMap((folder) => sources(join(checkout, folder)))
    .filter((file) => !isLeftOut(file) && !file.startsWith(`${DASHBOARD}${sep}`));
  const key = keyOf(files, ['.swcrc', 'package-lock.json']);
  unlessDone('dist/.built', key, 'Building', () => {
    const kinds = [
      '**/*.spec.ts',
      '**/*.spec-helper.ts',
      '**/project.json',
      '**/*.mjs',
      'apps/dashboard/**',
      CLIENT_TYPES,
    ];
    const ignored = kinds.flatMap((pattern) => ['--ignore', pattern]);
    const swc = join(checkout, 'node_modules/@swc/cli/bin/swc.js');
    run(checkout, node, [swc, ...sourceFolders, '--out-dir', 'dist', '--copy-files', '--quiet', ...ignored]);
    prune(new Set(files.map((file) => join('dist', relative(checkout, file)).replace(/\.ts$/, '.js'))));
    run(checkout, node, ['tools/bootstrap/bundle.mjs', '.']);
    rmSync(join(checkout, 'dist/.compile-cache'), { recursive: true, force: true });
  });
}

/** Says whether anything is new: names, times and sizes of sources, and the whole of the configuration. */
function keyOf(files, configuration) {
  const facts = files.map((file) => `${relative(checkout, file)} ${statSync(file).mtimeMs} ${statSync(file).size}\n`);
  return hash([...facts.sort(), ...configuration.map((file) => readFileSync(join(checkout, file)))]);
}

/**
 * The web dashboard, which the gateway serves: bundled apart from the rest, and only when it or the client changed. `npm start`
 * builds it beside its other work; its gateway waits for the stamp that DASHBOARD_STAMP names.
 */
function buildDashboard(node, beside) {
  if (!existsSync(DASHBOARD)) return;
  const folders = [DASHBOARD, join(checkout, 'libs/client/src')];
  const files = folders.flatMap(sources).filter((file) => !isLeftOut(file));
  const [stamp, key, text] = ['dist/.dashboard', keyOf(files, ['package-lock.json']), 'Building the dashboard'];
  const vite = [join(checkout, 'node_modules/vite/bin/vite.js'), 'build', 'apps/dashboard', '--logLevel', 'warn'];
  if (!beside) return unlessDone(stamp, key, text, () => run(checkout, node, vite));
  const file = join(checkout, stamp);
  if (isDone(file, key)) return;
  rmSync(file, { force: true });
  process.env.DASHBOARD_STAMP = file;
  runBeside(checkout, text, node, vite, (failure) => (failure === undefined ? stamped(file, key) : give(failure)));
}

/** Ends the command with an error, and what it has started before it. */
function give(failure) {
  process.stderr.write(`\n✗ ${failure}\n`);
  failed = true;
  child?.kill('SIGTERM');
}

/** Removes what was compiled from sources that are gone: a stale migration would be run. */
function prune(expected) {
  for (const file of sourceFolders.flatMap((folder) => sources(join(checkout, 'dist', folder)))) {
    const name = relative(checkout, file);
    if (!expected.has(name.replace(/\.map$/, ''))) {
      rmSync(file);
    }
  }
}

function hash(parts) {
  const digest = createHash('sha256');
  parts.forEach((part) => digest.update(part));
  return digest.digest('hex');
}

let child;
let failed = false;
process.chdir(checkout);
const node = runtime(checkout);
installDependencies();
// The tool `openapi` makes them itself: it also repairs a document that a merge has broken.
if (command !== 'tool') makeClientTypes(node);
if (command === 'start') buildDashboard(node, true);
build(node);
// An old one would be served by a newer gateway.
const stale = existsSync(join(checkout, 'dist/dashboard'));
if (command !== 'start' && (stale || ['test', 'verify', 'ci', 'build'].includes(command))) buildDashboard(node, false);
if (command === 'build') {
  process.exit(0);
}

// What Node compiled is kept for the next start of each program.
const env = { NODE_COMPILE_CACHE: join(checkout, 'dist/.compile-cache'), ...process.env };
const program = ['--enable-source-maps', 'dist/tools/stack/main.js', command, ...args];
child = spawn(node, program, { env, stdio: 'inherit' });
// Ctrl-C reaches both of us; this process waits for the other, which stops what it started.
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(name, () => child.kill(name));
}
child.on('exit', (code, signal) => process.exit(failed || signal ? 1 : code));
