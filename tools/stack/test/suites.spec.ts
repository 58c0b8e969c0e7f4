import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { selection, verifyParts } from './suites';

const checkout = resolve(__dirname, '../../..');

/** Test files that Jest selects with these arguments. */
const listed = (args: readonly string[]): string[] => {
  const jest = join(checkout, 'node_modules/jest/bin/jest.js');
  const { stdout } = spawnSync(process.execPath, [jest, '--listTests', ...args], { cwd: checkout, encoding: 'utf8' });
  return stdout.split('\n').filter(Boolean);
};

describe('the suites', () => {
  it('have each test once', () => {
    const [fast, slow] = [listed(selection('test', [])), listed(selection('verify', []))];
    expect(slow.length).toBeGreaterThan(3);
    expect([...fast, ...slow].sort()).toEqual(listed([]).sort());
  });

  it('have each slow test in one part', () => {
    const patterns = verifyParts(checkout).flatMap(({ args }) =>
      args.map((arg) => new RegExp(arg.replace('--testPathPatterns=', ''))),
    );
    for (const file of listed(selection('verify', []))) {
      expect([file, patterns.filter((pattern) => pattern.test(file)).length]).toEqual([file, 1]);
    }
  });

  it('of a path have its slow tests, too', () => {
    expect(listed(selection('test', ['tools/faults/faults.slow']))).toEqual([
      join(checkout, 'tools/faults/faults.slow.spec.ts'),
    ]);
  });
});
