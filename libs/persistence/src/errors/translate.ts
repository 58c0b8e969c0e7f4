import { type ErrorCode, Refusal } from '@open-cpo/contracts';
import { driverError, sqlState } from './sql-state';

/** Longest prefix wins. What is absent is a fault of ours. */
const MEANING: Record<string, ErrorCode> = {
  '08': 'service_unavailable', // connection
  '53': 'service_unavailable', // out of connections, memory, disk
  '57P': 'service_unavailable', // shutting down, starting up
  '25006': 'service_unavailable', // a standby answers
  '25P03': 'service_unavailable', // idle in transaction for too long
  '40': 'service_unavailable', // serialization, deadlock; tried again before
  '55P03': 'service_unavailable', // lock timeout
  '57014': 'deadline_exceeded', // statement timeout
  '22001': 'validation_failed', // too long
  '22003': 'validation_failed', // out of range
  '22007': 'validation_failed', // no such date
  '22008': 'validation_failed', // date out of range
  '22021': 'validation_failed', // not a character, NUL
  '22P02': 'validation_failed', // no such number
  '22P05': 'validation_failed', // untranslatable character
  '23503': 'conflict', // foreign key
  '23505': 'conflict', // unique
  '23P01': 'conflict', // exclusion
  '23514': 'validation_failed', // check
};

const LATE = /^Query read timeout$/;
const AWAY = /^(Connection terminated|Client (has encountered|was closed)|timeout exceeded when|Cannot use a pool)/;
const SYSTEM = /^E(CONN|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)/;
const RELEASED = ['QueryRunnerAlreadyReleasedError', 'DriverAlreadyReleasedError'];

function codeOf(error: unknown): ErrorCode | undefined {
  const state = sqlState(error);
  if (state) return MEANING[state] ?? MEANING[state.slice(0, 3)] ?? MEANING[state.slice(0, 2)];
  const { name = '', message = '', code } = driverError(error) ?? {};
  if (LATE.test(message)) return 'deadline_exceeded';
  const away = AWAY.test(message) || RELEASED.includes(name) || (typeof code === 'string' && SYSTEM.test(code));
  return away ? 'service_unavailable' : undefined;
}

/** A write whose `COMMIT` was sent and never answered: it may have happened. */
export class CommitUncertain extends Error {
  override readonly name = 'CommitUncertain';
}

/** PostgreSQL's errors in our words; nothing for a fault of ours, which stays what it is. */
export function translate(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  const code = error instanceof CommitUncertain ? 'deadline_exceeded' : codeOf(error);
  return code && new Refusal(code, { cause: error });
}

/**
 * Whether a statement that the connection has prepared gives other columns now: a migration of the next version has added
 * some to a table of a `select *`. Another connection does not know the old ones; this one refuses the statement for ever.
 */
export const isStalePlan = (error: unknown): boolean =>
  sqlState(error) === '0A000' && driverError(error)?.routine === 'RevalidateCachedQuery';

/** Whether the connection that raised it is of no use any more. */
export function breaksConnection(error: unknown): boolean {
  if (isStalePlan(error)) return true;
  const state = sqlState(error);
  if (state) return /^(08|57P|25P03)/.test(state);
  const { message = '' } = driverError(error) ?? {};
  return LATE.test(message) || codeOf(error) === 'service_unavailable';
}

/** Whether the same transaction may succeed when it is run again. */
export const worthRetrying = (error: unknown): boolean => ['40001', '40P01'].includes(sqlState(error) ?? '');
