import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withResults, writeResults } from './document';

describe('the document', () => {
  const empty = '# Benchmarks\n\nWords.\n';

  it('gets the results of a benchmark, and later newer ones in their place', () => {
    const first = withResults(withResults(empty, 'reads', 'old'), 'flat', 'flat results');
    const second = withResults(first, 'reads', 'new');
    expect(second).toContain('Words.');
    expect(second).toContain('<!-- reads: begin -->\n\nnew\n\n<!-- reads: end -->');
    expect(second).toContain('flat results');
    expect(second).not.toContain('old');
  });

  it('says which command on which machine they come from', () => {
    const folder = mkdtempSync(join(tmpdir(), 'document-'));
    const file = join(folder, 'benchmarks.md');
    writeResults(file, 'reads', 'npm run bench', '| a |');
    writeResults(file, 'reads', 'npm run bench', '| b |');
    const text = readFileSync(file, 'utf8');
    expect(text).toMatch(/^# Benchmarks\n\n<!-- reads: begin -->\n\n`npm run bench` on 20\d\d-\d\d-\d\d, \d+ cores/);
    expect(text).toContain('| b |');
    expect(text).not.toContain('| a |');
    rmSync(folder, { recursive: true });
  });
});
