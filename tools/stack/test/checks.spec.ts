import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checks, passes, runChecks } from './checks';

describe('a check of the whole checkout', () => {
  let checkout: string;
  let shown: string;

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'checks-'));
    mkdirSync(join(checkout, 'node_modules/.bin'), { recursive: true });
    shown = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      shown += String(text);
      return true;
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(checkout, { recursive: true });
  });

  const program = (name: string, code: string): void => {
    const file = join(checkout, 'node_modules/.bin', name);
    writeFileSync(file, `#!/bin/sh\n${code}\n`);
    chmodSync(file, 0o755);
  };
  const check = { name: 'sample', commands: [['first', 'a b'], ['second']] };

  it('passes when all its commands do, without showing their output', async () => {
    program('first', 'echo "$1" >> ran');
    program('second', 'echo second >> ran');
    expect(await passes(check, checkout)).toBe(true);
    expect(readFileSync(join(checkout, 'ran'), 'utf8')).toBe('a b\nsecond\n');
    expect(shown).toMatch(/✓ sample/);
  });

  it('fails with the first command that does, and shows what it wrote', async () => {
    program('first', 'echo "a forbidden import" >&2; exit 3');
    program('second', 'touch ran');
    expect(await passes(check, checkout)).toBe(false);
    expect(shown).toContain('a forbidden import');
    expect(() => readFileSync(join(checkout, 'ran'))).toThrow();
  });

  it('fails when its program is missing', async () => {
    expect(await passes(check, checkout)).toBe(false);
  });

  it('is run, whatever the others find', async () => {
    mkdirSync(join(checkout, 'node_modules/typescript-native/bin'), { recursive: true });
    for (const name of ['prettier', '../typescript-native/bin/tsc', 'vue-tsc', 'nx']) program(name, 'exit 0');
    program('prettier', 'exit 2');
    program('eslint', 'echo linted > ran');
    expect(await runChecks(checkout)).toEqual([
      { name: 'format', passed: false },
      { name: 'types', passed: true },
      { name: 'lint', passed: true },
    ]);
    expect(readFileSync(join(checkout, 'ran'), 'utf8')).toBe('linted\n');
  });

  it('of imports never trusts an old project graph', () => {
    const lint = checks.find(({ name }) => name === 'lint');
    expect(lint?.commands.map((command) => command.slice(0, 2).join(' '))).toEqual([
      'nx reset',
      'nx show',
      'eslint **/*.{ts,vue}',
    ]);
  });
});
