import { setTimeout as pause } from 'node:timers/promises';
import type { FieldCharger } from '../load/field-charger';
import { FieldStation, type KnownTransaction } from '../load/field-station';
import { type Misbehaviour, WRONG_CLOCKS, WRONG_MESSAGES, WRONG_REGISTERS } from '../load/misbehaviour';
import type { TestContext } from '../environment/test-context';
import type { FaultEnvironment } from '../environment/fault-environment';
import { field } from './chargers';
import type { Fault } from './fault';
import { moment } from './moments';

const TRANSACTIONS = 'select id, remote_id from transactions where charger_id = $1 order by id';

/** A guard against hanging, in milliseconds: a queue of 1,000 messages takes a busy machine minutes. */
const GUARD_MS = 1_200_000;

async function allFinished(chargers: readonly FieldCharger[]): Promise<void> {
  const left = (): FieldCharger[] => chargers.filter(({ finished }) => !finished);
  await moment('every charger had its sessions', () => left().length === 0, GUARD_MS).catch((error: unknown) => {
    const kinds = left().map(({ misbehaviour, unanswered }) => `${Object.keys(misbehaviour).join()} (${unanswered})`);
    throw new Error(`${String(error)}: ${kinds.join(', ')}`);
  });
}

/** Chargers of these kinds have sessions, beside those that behave. */
const misbehaving = (name: string, kinds: readonly Misbehaviour[], more: Partial<Fault> = {}): Fault =>
  field(name, {
    hits: [],
    begin: async (_, { fleet, databases }) => {
      const chargers = await fleet.add(kinds);
      await allFinished(chargers);
      for (const charger of chargers.filter((one) => one instanceof FieldStation)) {
        charger.adopt(await databases.rows<KnownTransaction>('chargers', TRANSACTIONS, [charger.options.id]));
      }
    },
    lasts: 0,
    ...more,
  });

const READINGS = 'select count(*) from session_readings where session_id = $1';
const LET_TIME_PASS = `update sessions set heard_at = heard_at - interval '2 days' where session_id = $1`;

/**
 * A power center is removed before a session there has become an order, which orders are stopped for: afterwards it would be
 * refused. Another charger gets a new password in its session.
 */
async function removedAndRotated(environment: FaultEnvironment, { fleet, databases }: TestContext): Promise<void> {
  const [begins, ends] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const kinds = { sessions: 1, heldEnd: ends.promise, after: begins.promise };
  const [removed, rotated] = await fleet.add([{}, {}], kinds);
  if (!removed || !rotated) return;
  environment.hit('orders', 'SIGSTOP');
  try {
    begins.resolve();
    await moment('both had a session', () => removed.waitsForEnd && rotated.waitsForEnd);
    await fleet.removePowerCenter(removed);
  } finally {
    environment.hit('orders', 'SIGCONT');
  }
  const password = await fleet.rotatePassword(rotated);
  await moment('both were refused', () => [removed, rotated].every(({ connection }) => connection.refusals > 0));
  rotated.connection.enterPassword(password);
  const session = removed.abandon();
  ends.resolve();
  await moment('the session went on with the new password', () => rotated.finished);
  await moment('readings were received', async () => (await databases.number('orders', READINGS, [session])) === 2);
  await databases.rows('orders', LET_TIME_PASS, [session]);
}

const LEFT_OUT = 'open_cpo_charger_messages_not_logged_total';
/** Milliseconds between two looks at it. */
const COUNTER_MS = 200;
/** Messages that have to be left out of the log before it counts as full. */
const ENOUGH = 500;
const LOCK = 'lock table messages in access exclusive mode';
const LOGGED = 'select count(*) from messages where at > $1::timestamptz';

/** The log of messages takes no more rows; sessions go on, and so does the log afterwards. */
async function logFull(environment: FaultEnvironment, { fleet, databases }: TestContext): Promise<void> {
  const leftOut = async (): Promise<number> => {
    await pause(COUNTER_MS);
    return environment.counter('chargers', LEFT_OUT);
  };
  const before = await leftOut();
  const client = await databases.connection('chargers');
  try {
    await client.query('begin');
    await client.query(LOCK);
    const ended = fleet.chargers.map((charger) => charger.ended);
    const added = await fleet.add([{ chatter: 150 }]);
    await moment('messages were left out of the log', async () => (await leftOut()) - before >= ENOUGH);
    await moment('sessions ended without the log', () =>
      [...fleet.chargers.map((one, n) => one.ended > (ended[n] ?? 0)), ...added.map((one) => one.finished)].every(
        Boolean,
      ),
    );
  } finally {
    await client.query('rollback');
    client.release();
  }
  const since = new Date().toISOString();
  await moment('messages were logged again', async () => (await databases.number('chargers', LOGGED, [since])) > 0);
}

/** Chargers that deviate from the protocol, and what befalls their sessions. */
export const misbehaviourFaults: readonly Fault[] = [
  misbehaving('wrong clocks and registers', [...WRONG_CLOCKS, ...WRONG_REGISTERS]),
  misbehaving('repeated, early, unreadable and replayed messages', WRONG_MESSAGES),
  field('power center removed, password rotated in a session', {
    hits: ['orders'],
    begin: removedAndRotated,
    lasts: 0,
  }),
  field('message log full', { hits: [], begin: logFull, lasts: 0 }),
];

/** With two replicas: the second connection is at the other one. */
export const misbehaviourPairFaults: readonly Fault[] = [
  misbehaving('second connection, first one closes late', [{ secondConnection: true }, { secondConnection: true }], {
    pairs: true,
  }),
];
