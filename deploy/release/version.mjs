// The version of a release, which stands in several files:
//   node deploy/release/version.mjs set 0.2.0     writes it everywhere, and dates the changelog's section
//   node deploy/release/version.mjs check 0.2.0   fails where another one stands; prints version=0.2.0
//   node deploy/release/version.mjs notes 0.2.0   prints the changelog's section
// Afterwards: npm install --package-lock-only, npm run openapi, node tools/run.mjs tool chart (docs/operations.md#releases).
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const [what = '', version = '', ...more] = process.argv.slice(2);
const fail = (text) => {
  process.stderr.write(`${text}\n`);
  process.exit(1);
};
if (!['set', 'check', 'notes'].includes(what) || !/^\d+\.\d+\.\d+$/.test(version) || more.length > 0)
  fail('Usage: node version.mjs set|check|notes <major.minor.patch>');

const read = (file) => readFileSync(file, 'utf8');
const components = readdirSync('k8s/components').map((name) => `k8s/components/${name}/kustomization.yaml`);
/** Where the version stands, and what is around it. */
const PLACES = [
  ...['package.json', 'libs/client/package.json'].map((file) => [file, /("version": ")[^"]+(")/g]),
  ...['k8s/base/kustomization.yaml', ...components].map((file) => [file, /(newTag: )[\w.-]+()/g]),
];
/** Written by other commands from the files above. */
const DERIVED = [['deploy/chart/Chart.yaml', /^((?:appV|v)ersion: )\S+()$/gm]];
const CHANGELOG = 'CHANGELOG.md';
const section = () =>
  new RegExp(`^## ${version.replaceAll('.', '\\.')} - \\d{4}-\\d{2}-\\d{2}\n([^]*?)(?=^## |$(?![^]))`, 'm').exec(
    read(CHANGELOG),
  );

if (what === 'set') {
  for (const [file, pattern] of PLACES) {
    const text = read(file);
    const put = text.replaceAll(pattern, `$1${version}$2`);
    if (put !== text) writeFileSync(file, put);
  }
  const today = new Date().toISOString().slice(0, 10);
  if (!section())
    writeFileSync(CHANGELOG, read(CHANGELOG).replace('## Unreleased\n', `## Unreleased\n\n## ${version} - ${today}\n`));
}
if (what === 'check') {
  const wrong = [...PLACES, ...DERIVED].flatMap(([file, pattern]) =>
    [...read(file).matchAll(pattern)]
      .filter(([whole, before, after]) => whole !== `${before}${version}${after}`)
      .map(([whole]) => `${file}: ${whole}`),
  );
  if (!section()) wrong.push(`${CHANGELOG}: no section "## ${version} - <date>"`);
  if (wrong.length > 0) fail(wrong.join('\n'));
  process.stdout.write(`version=${version}\n`);
}
if (what === 'notes') {
  const [, text = ''] = section() ?? fail(`${CHANGELOG} has no section ${version}`);
  process.stdout.write(`${text.trim()}\n`);
}
