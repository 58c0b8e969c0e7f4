import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const checkout = join(__dirname, '../../..');
const library = join(__dirname, '..');
const tsc = join(checkout, 'node_modules/typescript/bin/tsc');

interface Manifest {
  readonly version: string;
  readonly license: string;
  readonly dependencies: Record<string, string>;
}
const manifest = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
const run = (command: string, args: string[], cwd: string): string => {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${stdout}\n${stderr}`);
  return stdout;
};

const CONSUMER = `
import { ApiError, createClient, unwrap } from '@open-cpo/client';

const client = createClient({ baseUrl: 'https://api.example.com', token: 'abc' });
export async function titles(): Promise<string[]> {
  const rows = await unwrap(client.GET('/api/charge-points'));
  return Array.isArray(rows) ? rows.map(({ title }) => title) : [];
}
export const isMissing = (error: unknown): boolean => error instanceof ApiError && error.code === 'not_found';
export function refusedByTheCompiler(): void {
  // @ts-expect-error -- there is no such path
  void client.GET('/api/no-such-thing');
  // @ts-expect-error -- a power center needs its title
  void client.POST('/api/charge-points', { body: { category: 'EV_CHARGER' } });
}
`;

describe('the library as a package', () => {
  let folder: string;
  let built: string;

  beforeAll(() => {
    // Below the checkout, where what it depends on is found.
    mkdirSync(join(checkout, '.data'), { recursive: true });
    folder = mkdtempSync(join(checkout, '.data/client-'));
    built = join(folder, 'package');
    run(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', join(built, 'dist')], library);
    for (const file of ['package.json', 'README.md']) cpSync(join(library, file), join(built, file));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('holds what was built, with its types, and nothing else', () => {
    const [packed] = JSON.parse(run('npm', ['pack', '--dry-run', '--json'], built)) as [
      { name: string; files: { path: string }[] },
    ];
    const modules = ['client', 'errors', 'index', 'introduce', 'query', 'repeat', 'schema'];
    const files = modules.flatMap((name) => [`dist/${name}.d.ts`, `dist/${name}.js`]);
    expect(packed.name).toBe('@open-cpo/client');
    expect(packed.files.map(({ path }) => path).sort()).toEqual(['README.md', ...files, 'package.json'].sort());
  });

  it('compiles and runs where it is installed', () => {
    const consumer = join(folder, 'consumer');
    mkdirSync(join(consumer, 'node_modules/@open-cpo'), { recursive: true });
    symlinkSync(built, join(consumer, 'node_modules/@open-cpo/client'));
    writeFileSync(join(consumer, 'main.ts'), CONSUMER);
    const compilerOptions = { strict: true, module: 'nodenext', target: 'es2022', types: [], outDir: 'out' };
    writeFileSync(join(consumer, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
    run(process.execPath, [tsc], consumer);
    const script = `const { isMissing } = require('./out/main.js'); process.stdout.write(String(isMissing(new Error())))`;
    expect(run(process.execPath, ['-e', script], consumer)).toBe('false');
  });

  it('has the version and licence of the platform, and the dependencies that are tested here', () => {
    const [own, platform] = [manifest(library), manifest(checkout)];
    expect([own.version, own.license]).toEqual([platform.version, platform.license]);
    for (const [name, version] of Object.entries(own.dependencies)) expect(platform.dependencies[name]).toBe(version);
  });
});
