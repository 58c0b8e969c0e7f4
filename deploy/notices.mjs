// Writes the licences of all installed packages: bundles leave their files out.
//     node notices.mjs <folder with package-lock.json and node_modules>
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? '.';
const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
const installed = Object.keys(packages).filter(
  (place) => place !== '' && existsSync(join(folder, place, 'package.json')),
);

for (const place of installed.sort()) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, place, 'package.json'), 'utf8'));
  const files = readdirSync(join(folder, place)).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, place, file), 'utf8').trim());
  process.stdout.write(
    [`${name} ${version} (${license ?? packages[place].license})`, ...texts, '-'.repeat(80), ''].join('\n\n'),
  );
}
