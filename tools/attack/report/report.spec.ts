import { checkTable, findingsText, requestTable } from './report';
import { Tally } from './tally';

const finding = { operation: 'x', fault: 'status 500', request: 'GET /\u001b[31m|', answer: '500', seed: 7 };

describe('what came of an attack', () => {
  it('is clean while nothing was found and everything holds', () => {
    const tally = new Tally();
    tally.counted('headers', 200);
    tally.checked('memory', true, '1 MiB');
    expect(tally.clean).toBe(true);
    tally.checked('rows', false, 'changed');
    expect(tally.clean).toBe(false);
    const other = new Tally();
    other.found(finding);
    expect(other.clean).toBe(false);
  });

  it('is counted by kind and class of status', () => {
    const tally = new Tally();
    for (const status of [200, 204, 401, 404, 500, 0]) tally.counted('headers', status);
    expect(tally.requests).toBe(6);
    expect(requestTable(tally)).toMatch(/\| headers +\| 6 +\| 2 +\| 0 +\| 2 +\| 1 +\| 1 +\|/);
  });

  it('names each finding with its seed, and nothing of it reaches the terminal’s controls', () => {
    const tally = new Tally();
    expect(findingsText(tally)).toBe('No findings.');
    tally.found(finding);
    expect(findingsText(tally)).toContain('x: status 500 (seed 7)');
    expect(findingsText(tally)).not.toContain('\u001b');
    tally.checked('memory', false, 'a|b');
    expect(checkTable(tally)).toMatch(/memory.*BROKEN.*a\\\|b/);
  });
});
