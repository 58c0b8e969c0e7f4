import { AsyncContext } from '../async-context/async-context';
import { tracing } from '../tracing/tracing';
import type { LogFields } from './log';

const fields = new AsyncContext<LogFields>();

/** What every line written from here on carries, e.g. the request's id. */
export const logFields = (): LogFields => fields.value ?? {};

/** Runs `work`; every line that it writes, however deep, carries `added`. */
export const withLogFields = <T>(added: LogFields, work: () => T): T => fields.run({ ...logFields(), ...added }, work);

/** The trace that a line belongs to, by which both find each other. */
export function traceFields(): LogFields | undefined {
  const current = tracing()?.current;
  return current === undefined ? undefined : { traceId: current.slice(3, 35) };
}
