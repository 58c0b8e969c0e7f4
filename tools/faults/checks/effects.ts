import { type Journal, onceEach } from '../journal/journal';
import type { Databases } from './databases';

interface Effect {
  readonly service: string;
  /** Answers `mark` and `count` for the marks in `$1`. */
  readonly sql: string;
}

const byAddress = (table: string): string =>
  `select split_part(email, '@', 1) as mark, count(*) from ${table}
    where email = any(select m || '@faults.test' from unnest($1::text[]) m) group by 1`;

/** Where the effect of each kind of entry is found. */
const EFFECTS: Readonly<Record<string, Effect>> = {
  category: {
    service: 'stations',
    sql: 'select name as mark, count(*) from categories where name = any($1::text[]) group by 1',
  },
  worker: { service: 'workforce', sql: byAddress('workers') },
  invitation: { service: 'auth', sql: byAddress('invitations') },
  session: {
    service: 'orders',
    sql: 'select session_id as mark, count(*) from orders where session_id = any($1::text[]) and status = 1 group by 1',
  },
};

/** What was asked for is there: once when it was acknowledged, else once at most. */
export async function effectsOnce(journal: Journal, databases: Databases): Promise<string[]> {
  const problems: string[] = [];
  for (const [kind, { service, sql }] of Object.entries(EFFECTS)) {
    const entries = journal.of(kind);
    const marks = entries.map(({ mark }) => mark);
    problems.push(...onceEach(entries, await databases.count(service, sql, marks)));
  }
  return [...problems, ...(await payoutsOnce(journal, databases))];
}

/** A payout has no mark of its own; there are as many as were acknowledged, and perhaps those that nobody heard of. */
async function payoutsOnce(journal: Journal, databases: Databases): Promise<string[]> {
  const there = await databases.number('payouts', 'select count(*) from payouts where account_id = 1');
  const entries = journal.of('payout');
  const acknowledged = entries.filter((entry) => entry.acknowledged).length;
  const open = entries.filter(({ acknowledged, refused, tries }) => !acknowledged && !refused && tries > 0).length;
  if (there >= acknowledged && there <= acknowledged + open) return [];
  return [`${there} payouts, of which ${acknowledged} were acknowledged and ${open} were not`];
}
