import type { ControlResult } from '../negative-controls/control';
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
| injected | the fault could be brought about |
| once | every acknowledged write, session and payout exists exactly once, unacknowledged ones at most once; every session of a charger has one order with its energy, time, price and flags, no message about it was answered by an error, and a connected charger counts as connected; the provider made one transfer for each payout that was paid |
| failures | every failure was 503 or 504 with \`Retry-After\`; where a gateway is killed, connections break |
| in time | every response came within the five seconds of a request, and three more that a busy machine may add |
| others | requests of services that had no part in it did not fail |
| drained | outboxes, mails, exports, payouts and domain events were processed, no event was dead-lettered, and none of a charger by its consumers |
| ledger | every transaction and the whole ledger sum to zero, checkpoints and payouts agree with it, every order is in it |
| files | every accepted export is a complete workbook |
| mails | every invitation has one e-mail |
| events | every session has one event; the live feed sent all events once and in order, the webhook at least once |
| healed | every process is ready and answers again by itself |

Writers repeat failed requests with the same \`Idempotency-Key\` until they get a definite response. Requests are counted as clients see
them; a retry at the gateway is not counted.
`;

const CHARGERS = `
## Chargers that deviate from the protocol

Four chargers have sessions without end in every fault, and send again what is not answered, under a new message id. In these faults others, each at a power
center of its own, have sessions beside them. Each session is one order with the energy and the length that the charger measured, and with
the [flags](charging-events.md#held-for-review) that its registers cause, and no other.

| Fault | Chargers | Beside the order |
|---|---|---|
| wrong clocks and registers | Clocks of 1970 and of 2099, with and without statuses that show them; times without a zone. A register that restarts in the session, that is negative, that is missing at the begin, in kWh, and in kWh that is said to be Wh | |
| repeated, early, unreadable and replayed messages | Each message three times over several connections, and at last another end. Ends before begins. Texts that are no messages, impossible values, and frames that break the connection. 1,000 messages of an offline time in a random order. With OCPP 2.0.1 the same with 80, and sessions whose end comes first and whose begin comes last | Ends of no transaction are kept; no consumer refuses an event |
| power center removed, password rotated in a session | The power center is removed before the session has become an order; later that is refused. Another charger gets a new password | The removed one ends by silence as of its last reading; its charger is disconnected and refused. The other one's old password is refused, and its session goes on |
| message log full | The table of messages takes no rows, while a charger sends many | Messages are left out of the log, sessions go on, and later ones are logged |
| second connection, first one closes late | Two replicas: a charger connects to the other one in its session, and ends it over both connections with different registers | What comes over the first connection is not answered; the charger counts as connected |
`;

const NEGATIVE_CONTROLS = `
## Negative controls

Each checker also runs against a copy of the component without its safeguard, and must fail.
`;

/** docs/faults.md. */
export function page(rows: readonly Row[], controls: readonly ControlResult[], where: string): string {
  const cells = controls.map(({ control, safe, unsafe }) => [control, safe || 'holds', unsafe || 'NOT NOTICED']);
  return [
    INTRODUCTION,
    `\n## Results\n\n${where}\n`,
    faultTable(rows),
    CHARGERS,
    NEGATIVE_CONTROLS,
    markdown(['safeguard', 'with it', 'without it'], cells),
    '',
  ].join('\n');
}
