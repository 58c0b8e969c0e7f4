/** Guesses a code has. */
export const ATTEMPTS = 3;
/** Minutes a code lives. */
export const LIFETIME = 10;
/** Verifications that may begin for one address within a day: four digits are few, so tokens must be as well. */
export const MOST_A_DAY = 10;

const FIRST_WAIT = 60;

/** Seconds until another code may be asked for, after so many were sent: 60, 120, 240… */
export const waitAfter = (sent: number): number => FIRST_WAIT * 2 ** Math.max(0, sent - 1);

/** Each further code costs an attempt, but never the last one. */
export const attemptsAfterResend = (attempts: number): number => Math.max(1, attempts - 1);
