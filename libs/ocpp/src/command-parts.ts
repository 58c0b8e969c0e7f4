/** Added to the number of a connector, so that it is told from the ids that others may use. */
const FIRST_PROFILE = 700_000;

/** The id of the charging profile by which the current of a connector, or with 0 of the charger, is limited. */
export const profileId = (connector: number): number => FIRST_PROFILE + connector;

/** Whether a charger told a version of its list: -1 says that it has no lists. */
export const isListVersion = (told: unknown): told is number =>
  typeof told === 'number' && Number.isInteger(told) && told >= -1 && told < 2 ** 31;

/** What a charger is asked for its log with, by 2.0.1 and by the security extension of 1.6. */
export function logRequest({ id, log, location, from, until }: LogRequest): object {
  const times = { ...(from ? { oldestTimestamp: from } : {}), ...(until ? { latestTimestamp: until } : {}) };
  const logType = log === 'security' ? 'SecurityLog' : 'DiagnosticsLog';
  return { logType, requestId: id, log: { remoteLocation: location, ...times } };
}

interface LogRequest {
  readonly id: number;
  readonly log?: 'security';
  readonly location: string;
  /** Instants. */
  readonly from?: string;
  readonly until?: string;
}
