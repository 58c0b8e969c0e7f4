import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { leftNothing, makeTemporary, removeTemporary } from './temporary';

describe('the temporary folder of a test run', () => {
  const run = `spec-${process.pid}`;
  let said = '';
  let folder: string;

  beforeEach(() => {
    said = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said += String(text);
      return true;
    });
    folder = makeTemporary(run);
  });
  afterEach(() => {
    removeTemporary(run);
    jest.restoreAllMocks();
  });

  it('is for every user, and below the one of the machine', () => {
    expect(folder).toBe(join(tmpdir(), `open-cpo-test-${run}`));
    expect(statSync(folder).mode & 0o7777).toBe(0o1777);
  });

  it('passes when tests left nothing but caches of programs', () => {
    mkdirSync(join(folder, 'node-compile-cache'));
    expect([leftNothing(run), said]).toEqual([{ passed: 1, failed: 0, skipped: 0 }, '']);
    removeTemporary(run);
    expect(existsSync(folder)).toBe(false);
  });

  it('fails when they left something, and says what', () => {
    mkdirSync(join(folder, 'settings-Ab12Cd'));
    writeFileSync(join(folder, 'file'), '');
    expect(leftNothing(run)).toMatchObject({ passed: 0, failed: 1, skipped: 0 });
    expect(said).toMatch(/left 2 files or folders in the temporary folder: .*settings-Ab12Cd/);
  });
});
