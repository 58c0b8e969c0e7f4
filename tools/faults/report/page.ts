import type { TwinResult } from '../negative-controls/twin';
import type { Row } from './row';
import { faultTable, markdown } from './table';

const INTRODUCTION = `# Fault injection

\`npm run faults\` starts the production build on its own servers and reads and writes through two gateways, while sessions, exports,
e-mails and payouts are processed, and while chargers connect over WebSocket and have sessions. It injects one fault after the other. This page has the results of the last run;
\`-- --only <part of a name>\` runs some faults, \`-- --short\` those that CI runs on every change. It exits with an error when an
invariant is broken.

After each fault, without intervention, all invariants must hold:

| Invariant | |
|---|---|
| tried | the fault could be brought about |
| once | every acknowledged write, session and payout exists exactly once, unacknowledged ones at most once; every session of a charger has one order with its energy, time and price, and no message about it was answered by an error; the provider made one transfer for each payout that was paid |
| told | every failure was 503 or 504 with \`Retry-After\`; where a gateway is killed, connections break |
| in time | every response came within the five seconds of a request, and three more that a busy machine may add |
| others | requests of services that had no part in it did not fail |
| drained | outboxes, mails, exports, payouts and domain events were processed, no event was dead-lettered |
| ledger | every transaction and the whole ledger sum to zero, checkpoints and payouts agree with it, every order is in it |
| files | every accepted export is a complete workbook |
| mails | every invitation has one e-mail |
| events | every session has one event; the live feed sent all events once and in order, the webhook at least once |
| healed | every process is ready and answers again by itself |

Writers repeat failed requests with the same \`Idempotency-Key\` until they get a definite response. Requests are counted as clients see
them; a retry at the gateway is not counted.
`;

const TWINS = `
## Negative controls

Each checker also runs against a copy of the component without its safeguard, and must fail.
`;

/** docs/faults.md. */
export function page(rows: readonly Row[], twins: readonly TwinResult[], where: string): string {
  const cells = twins.map(({ twin, safe, unsafe }) => [twin, safe || 'holds', unsafe || 'NOT NOTICED']);
  return [
    INTRODUCTION,
    `\n## Results\n\n${where}\n`,
    faultTable(rows),
    TWINS,
    markdown(['safeguard', 'with it', 'without it'], cells),
    '',
  ].join('\n');
}
