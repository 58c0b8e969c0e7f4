/** Guesses a code has. */
export const ATTEMPTS = 3;
/** Minutes a code lives. */
export const LIFETIME = 10;

/** Verifications of one purpose that may begin for one address within a day, from one network. */
export const OWN_A_DAY = 20;
/** The same from all networks together that the owner of the address has never used. */
export const STRANGERS_A_DAY = 40;
/** So many of a network begin whatever other networks did: strangers must not keep the owner from registering. */
export const SPARED_A_DAY = 3;
/** Beyond either, one in so many seconds: strangers can slow others down, but not lock them out. */
export const PAUSE_SECONDS = 3600;

/** What began within a day for one address and purpose. */
export interface Begun {
  readonly own: number;
  /** Seconds since the latest one. */
  readonly ownAge: number | null;
  readonly strangers: number;
  readonly strangersAge: number | null;
}

/** Seconds until another one may begin; 0 when it may now. */
export function secondsUntilNext({ own, ownAge, strangers, strangersAge }: Begun, known: boolean): number {
  const pause = (age: number | null): number => Math.max(0, Math.ceil(PAUSE_SECONDS - (age ?? PAUSE_SECONDS)));
  const ofOwn = own >= OWN_A_DAY ? pause(ownAge) : 0;
  const isHeld = !known && own >= SPARED_A_DAY && strangers >= STRANGERS_A_DAY;
  const ofStrangers = isHeld ? pause(strangersAge) : 0;
  return Math.max(ofOwn, ofStrangers);
}

const FIRST_WAIT = 60;

/** Seconds until another code may be asked for, after so many were sent: 60, 120, 240… */
export const waitAfter = (sent: number): number => FIRST_WAIT * 2 ** Math.max(0, sent - 1);

/** Each further code costs an attempt, but never the last one. */
export const attemptsAfterResend = (attempts: number): number => Math.max(1, attempts - 1);
