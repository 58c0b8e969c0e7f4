import { QueryFailedError } from 'typeorm';

interface DriverError extends Error {
  readonly code?: string;
  /** The function of PostgreSQL's sources that refused. */
  readonly routine?: string;
  readonly constraint?: string;
}

/** The error of the driver, whatever it was wrapped into. */
export function driverError(error: unknown): DriverError | undefined {
  if (error instanceof QueryFailedError) return driverError(error.driverError);
  return error instanceof Error ? error : undefined;
}

/** PostgreSQL's five letters, or nothing when it was not PostgreSQL that refused. */
export function sqlState(error: unknown): string | undefined {
  const code = driverError(error)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code) ? code : undefined;
}
