import { type Entry, Journal } from '../journal/journal';
import type { Client, Sent } from './client';
import { endingOf, type Outcome, Tally } from './tally';
import { retryUntilDefinite } from './writes';

/** Says to come back at once. */
const soon = new Headers({ 'retry-after': '0' });

const outcome = (status: number): Outcome => ({
  ending: endingOf(status, soon, 1),
  status,
  milliseconds: 1,
  headers: soon,
  body: Buffer.alloc(0),
});

describe('a writer', () => {
  let entry: Entry;
  let tally: Tally;
  let sent: Sent[];
  beforeEach(() => {
    entry = new Journal().begin('category', 'mark');
    tally = new Tally();
    sent = [];
  });

  /** What the platform answers, one after the other. */
  const answering = (...statuses: number[]): Client =>
    ({
      ask: (_path: string, what: Sent) => {
        sent.push(what);
        return Promise.resolve(outcome(statuses.shift() ?? 500));
      },
    }) as unknown as Client;
  const writes = (client: Client, until = () => false) =>
    retryUntilDefinite(client, 'category', entry, () => tally, until);

  it('repeats what failed under the same key until it is done', async () => {
    expect(await writes(answering(503, 504, 200))).toBe(200);
    expect(entry).toMatchObject({ acknowledged: true, refused: false, tries: 3 });
    expect(sent.map(({ headers }) => headers?.['idempotency-key'])).toEqual(['mark', 'mark', 'mark']);
    expect(new Set(sent.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect([tally.count(), tally.count(undefined, ['unavailable'])]).toEqual([3, 2]);
  });

  it('takes a refusal for an answer: nothing may have happened', async () => {
    expect(await writes(answering(503, 422))).toBe(422);
    expect(entry).toMatchObject({ acknowledged: false, refused: true, tries: 2 });
  });

  it('takes "still under way" for no answer, and for no failure', async () => {
    expect(await writes(answering(409, 200))).toBe(200);
    expect(entry).toMatchObject({ acknowledged: true, tries: 2 });
    expect(tally.count()).toBe(1);
  });

  it('leaves it open when it is time to end', async () => {
    let looks = 0;
    expect(await writes(answering(503, 503, 503), () => (looks += 1) > 2)).toBe(0);
    expect(entry).toMatchObject({ acknowledged: false, refused: false, tries: 2 });
  });
});
