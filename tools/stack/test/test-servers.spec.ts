import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeJson } from '../files';
import { takeLock } from '../lock';
import { isRunning, markOf, type ProcessMark } from '../processes';
import { exportLines, sweep, writeVariables } from './test-servers';

describe('the file of variables for tests', () => {
  const tricky = { TEST_A: 'postgres://u:p@h/x?a=1&b=2', TEST_B: `it's "so" $HOME` };

  it('is read by a shell as it was meant', () => {
    const folder = mkdtempSync(join(tmpdir(), 'variables-'));
    const file = join(folder, 'env');
    writeVariables(file, tricky);
    const read = execFileSync('sh', ['-c', `. ${file}; printf '%s\\n%s' "$TEST_A" "$TEST_B"`], { encoding: 'utf8' });
    expect(read.split('\n')).toEqual(Object.values(tricky));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    rmSync(folder, { recursive: true });
  });

  it('has one variable a line', () => {
    expect(exportLines({ A: '1', B: '2' })).toBe("export A='1'\nexport B='2'\n");
  });
});

describe('what earlier runs left', () => {
  it('is ended and removed, unless it still runs', async () => {
    const checkout = mkdtempSync(join(tmpdir(), 'sweep-'));
    chmodSync(checkout, 0o755);
    const home = (run: string): string => join(checkout, '.data/runs', run);
    const orphan = spawn('sleep', ['600'], { stdio: 'ignore' });
    const mark = markOf(orphan.pid ?? 0) as ProcessMark;
    writeJson(join(home('1'), 'processes.json'), [mark]);
    writeJson(join(home('2'), 'report.json'), {});
    takeLock(join(home('3'), 'lock'));
    await sweep(checkout, 'runs');
    expect(readdirSync(join(checkout, '.data/runs'))).toEqual(['3']);
    expect(isRunning(mark)).toBe(false);
    rmSync(checkout, { recursive: true });
  });
});
