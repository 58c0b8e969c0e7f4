import { Journal } from '../journal/journal';
import type { Client } from '../load/client';
import { endingOf, type Outcome } from '../load/tally';
import { exportsWhole } from './exports';

const WORKBOOK = Buffer.from('PK\u0003\u0004 rows PK\u0005\u0006 end');

const outcome = (status: number, body: Buffer, length = body.length): Outcome => {
  const headers = new Headers({ 'content-length': String(length), ...(status === 503 ? { 'retry-after': '0' } : {}) });
  return { ending: endingOf(status, headers, 1), status, milliseconds: 1, headers, body };
};
const AWAY = outcome(503, Buffer.from('{}'));

describe('the check of exports', () => {
  const problems = (files: readonly Outcome[], status = 'finished'): Promise<string[]> => {
    const journal = new Journal();
    journal.begin('export', '/api/exports/1').acknowledged = true;
    const left = [...files];
    const ask = (path: string): Promise<Outcome> =>
      Promise.resolve(
        path.endsWith('/file')
          ? (left.shift() ?? AWAY)
          : outcome(200, Buffer.from(JSON.stringify({ results: { status } }))),
      );
    return exportsWhole({ ask } as unknown as Client, journal, 0);
  };

  it('is content with a whole workbook, also where it has to be asked for again', async () => {
    expect(await problems([outcome(200, WORKBOOK)])).toEqual([]);
    expect(await problems([AWAY, AWAY, outcome(200, WORKBOOK)])).toEqual([]);
  });

  it('is not with one that stays away, is cut off or is none', async () => {
    const whole = WORKBOOK.length;
    for (const files of [[], [outcome(404, WORKBOOK)], [outcome(200, WORKBOOK.subarray(0, -12), whole)]]) {
      expect(await problems(files)).toHaveLength(1);
    }
    expect(await problems([outcome(200, Buffer.from('<html>'))])).toHaveLength(1);
    expect(await problems([outcome(200, WORKBOOK)], 'running')).toHaveLength(1);
  });
});
