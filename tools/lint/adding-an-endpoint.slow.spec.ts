import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environment } from '@open-cpo/platform';

const checkout = resolve(__dirname, '../..');
const FOLDERS = ['apps', 'libs', 'tools', 'e2e', 'bench'];
const FILES = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'tsconfig.base.json',
  '.swcrc',
  'jest.config.js',
  'openapi.json',
];

/** The guide's code by the number of its section. */
const guide = readFileSync(join(checkout, 'docs/adding-an-endpoint.md'), 'utf8');
const code = (section: number): string =>
  new RegExp(`^## ${section}\\. [^]*?\`\`\`ts\\n([^]*?)\`\`\``, 'm').exec(guide)?.[1] ?? '';

describe('the example of the guide to adding an endpoint', () => {
  let copy: string;

  const edit = (path: string, ...changes: readonly [before: string | RegExp, after: string][]): void => {
    const file = join(copy, path);
    const text = changes.reduce(
      (now, [before, after]) => {
        const next = now.replace(before, () => after);
        if (next === now) throw new Error(`${path} has no ${String(before)}`);
        return next;
      },
      readFileSync(file, 'utf8'),
    );
    writeFileSync(file, text);
  };
  const run = (args: readonly string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
    return status === 0 ? '' : `${stdout}${stderr}`;
  };

  beforeAll(() => {
    mkdirSync(join(checkout, '.data'), { recursive: true });
    copy = mkdtempSync(join(checkout, '.data/guide-'));
    for (const name of [...FOLDERS, ...FILES]) cpSync(join(checkout, name), join(copy, name), { recursive: true });
    symlinkSync(join(checkout, 'node_modules'), join(copy, 'node_modules'));
    const stations = 'apps/stations/src';
    // 1. Operation
    writeFileSync(join(copy, 'libs/contracts/src/stations/charge-point-notes.ts'), code(1));
    edit('libs/contracts/src/stations/index.ts', [/^/, "export * from './charge-point-notes';\n"]);
    // 2. Table
    const [, name = ''] = /class (\w+) extends/.exec(code(2)) ?? [];
    const file = `${/\d+/.exec(name)?.[0]}-notes`;
    writeFileSync(join(copy, stations, `migrations/${file}.ts`), code(2));
    edit(
      `${stations}/data-source.ts`,
      [/^/, `import { ${name} } from './migrations/${file}';\n`],
      [/(?<=const MIGRATIONS = \[[^\]]*)\]/, `  ${name},\n]`],
    );
    // 3. Repository
    writeFileSync(join(copy, stations, 'charge-points/notes.repository.ts'), code(3));
    edit(
      `${stations}/stations.providers.ts`,
      [/^/, "import { NotesRepository } from './charge-points/notes.repository';\n"],
      ['export const useCases = [', 'export const useCases = [\n  NotesRepository,'],
    );
    // 4. Handler
    writeFileSync(join(copy, stations, 'charge-points/notes.handler.ts'), code(4));
    edit(
      `${stations}/app.module.ts`,
      [/^/, "import { NotesHandler } from './charge-points/notes.handler';\n"],
      ['import {\n  categories,', 'import {\n  categories,\n  chargePointNotes,'],
      ['const CONTROLLERS = [', 'const CONTROLLERS = [\n  NotesHandler,'],
      ['const SERVES = [', 'const SERVES = [\n  chargePointNotes,'],
    );
    // 5. Route
    edit(
      'apps/gateway/src/stations/charge-points.controller.ts',
      [/\}\s*$/, `\n${code(5)}}\n`],
      ['  type ChangeChargePoint,', '  type ChangeChargePoint,\n  type ChangeChargePointNotes,\n  chargePointNotes,'],
    );
    edit(
      'apps/gateway/src/broker.ts',
      ['  chargePointChanged,', '  chargePointChanged,\n  chargePointNotes,'],
      ['calls: [', 'calls: [\n    chargePointNotes,'],
    );
    // 6. Access
    const paths = 'apps/gateway/src/http/preconditions.spec.ts';
    edit(paths, ["'/api/charge-points/:id',\n", "'/api/charge-points/:id',\n      '/api/charge-points/:id/notes',\n"]);
    // 7. Tests
    writeFileSync(join(copy, stations, 'charge-points/notes.it.spec.ts'), code(7));
  });
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('compiles', () => {
    expect(
      run([join(checkout, 'node_modules/typescript-native/bin/tsc'), '--project', 'tsconfig.json', '--noEmit']),
    ).toBe('');
  });

  it('passes its own test, and those of routes and of writes with If-Match', () => {
    const specs = [
      'apps/stations/src/charge-points/notes.it.spec.ts',
      'apps/gateway/src/http/preconditions.spec.ts',
      'apps/gateway/src/live-operations.spec.ts',
      'apps/gateway/src/broker.spec.ts',
    ];
    expect(environment().TEST_NATS_SERVER).toBeDefined();
    expect(run([join(checkout, 'node_modules/jest/bin/jest.js'), '--runInBand', '--runTestsByPath', ...specs])).toBe(
      '',
    );
  });
});
