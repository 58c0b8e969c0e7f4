import type { TwinResult } from '../twins/twin';
import type { Row } from './row';
import { faultTable, markdown } from './table';

const INTRODUCTION = `# Faults

\`npm run faults\` starts the production build on servers of its own, keeps reading and writing through two gateways while
sessions, exports, e-mails and payouts flow, and breaks one thing after the other. This page is what it wrote last;
\`-- --only <part of a name>\` tries some of it, \`-- --short\` what CI tries on every change. It ends with an error when
an invariant is broken.

After each fault, without anybody's hand, all of this has to hold:

| Invariant | |
|---|---|
| tried | the fault could be brought about |
| once | every acknowledged write, session and payout is there exactly once, what was not acknowledged at most once; the provider made one transfer for each payout that was paid |
| told | every failure was 503 or 504 with \`Retry-After\`; where a gateway dies by force, connections break |
| in time | every answer came within the five seconds of a request, and three more that a busy machine may add |
| others | requests of services that had no part in it did not fail |
| drained | outboxes, mails, exports, payouts and facts came to rest, nothing was set aside |
| ledger | every transaction and the whole ledger sum to zero, checkpoints and payouts agree with it, every order is in it |
| files | every accepted export is a whole workbook |
| mails | every invitation has one e-mail |
| events | every session has one event; the live feed told all events once and in order, the webhook at least once |
| healed | everything is ready and answers again by itself |

Writers repeat what failed under the same \`Idempotency-Key\` until they get a definite answer. Requests are counted as
clients see them; those of a second try at the gateway are one.
`;

const TWINS = `
## The checkers can fail

Each checker is shown a twin of the platform's part without its safeguard, built for this alone, and has to go red.
`;

/** docs/faults.md. */
export function page(rows: readonly Row[], twins: readonly TwinResult[], where: string): string {
  const cells = twins.map(({ twin, safe, unsafe }) => [twin, safe || 'holds', unsafe || 'NOT NOTICED']);
  return [
    INTRODUCTION,
    `\n## What happened\n\n${where}\n`,
    faultTable(rows),
    TWINS,
    markdown(['safeguard', 'with it', 'without it'], cells),
    '',
  ].join('\n');
}
