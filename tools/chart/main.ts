import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasKubectl } from '../manifests/programs/programs';
import { chartFiles } from './chart';

const checkout = process.cwd();
const folder = join(checkout, 'deploy/chart');

if (!hasKubectl) {
  process.stderr.write('kubectl is needed: the chart is made from what it renders.\n');
  process.exit(1);
}
const files = chartFiles(checkout);
rmSync(folder, { recursive: true, force: true });
for (const { path, text } of files) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
process.stdout.write(`${files.length} files in deploy/chart\n`);
