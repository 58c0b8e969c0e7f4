// Removes packages that nothing of production asks for. npm keeps those that a package would use if they were there
// (optional peers: a compiler, another HTTP framework) as soon as development needs them, also with --omit=dev.
//     node prune-dependencies.mjs <folder with package-lock.json and node_modules> [packages that are needed, by default all dependencies]
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '.', ...roots] = process.argv.slice(2);
const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));

/** Where a package finds another one: in itself, else beside it, else further up. */
function found(from, name) {
  const above = from.split('/node_modules/');
  // 'node_modules/a/node_modules/b' looks in itself, in a, and at the top.
  const places = above.map((_, index) => above.slice(0, above.length - index).join('/node_modules/'));
  return [...places, ''].map((at) => `${at && `${at}/`}node_modules/${name}`).find((place) => packages[place]);
}

const needed = new Set();
function need(place) {
  if (place === undefined || needed.has(place)) return;
  needed.add(place);
  const { dependencies, optionalDependencies, peerDependencies = {}, peerDependenciesMeta = {} } = packages[place];
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);
  const names = [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...peers];
  names.forEach((name) => need(found(place, name)));
}
(roots.length > 0 ? roots : Object.keys(packages[''].dependencies ?? {})).forEach((name) => need(found('', name)));

const present = (place) => existsSync(join(folder, place));
const unneeded = Object.keys(packages).filter((place) => place !== '' && !needed.has(place) && present(place));
unneeded.forEach((place) => rmSync(join(folder, place), { recursive: true, force: true }));

// Links to programs of what is gone.
const programs = join(folder, 'node_modules/.bin');
for (const name of existsSync(programs) ? readdirSync(programs) : []) {
  const link = join(programs, name);
  if (lstatSync(link).isSymbolicLink() && !existsSync(link)) rmSync(link);
}
process.stdout.write(`${unneeded.length} packages removed that nothing asks for\n`);
