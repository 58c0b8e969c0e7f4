import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportLines, writeVariables } from './test-servers';

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
