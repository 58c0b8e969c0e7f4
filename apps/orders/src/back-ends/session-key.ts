import type { BatchEvent } from '@open-cpo/events';

/** Control characters, which no id of a session has. */
const SEPARATOR = '\u001f';
const DISPLACED = '\u001e';

/** A session as we know it: the ids of a back end with a credential of its own are its own, even if another has the same. */
export const sessionKey = (backEnd: string | undefined, id: string): string =>
  backEnd === undefined ? id : `${backEnd}${SEPARATOR}${id}`;

/** The session that a voided order goes to, whose start was not the first of its session. */
export const displacedKey = (key: string, orderId: number): string => `${key}${DISPLACED}${orderId}`;

/** The id that its back end gave it. */
export const sessionIdOf = (key: string): string =>
  key.slice(key.indexOf(SEPARATOR) + 1).replace(new RegExp(`${DISPLACED}\\d+$`), '');

/** Absent where it was published with the shared credential. */
export const backEndOfSession = (key: string): string | undefined =>
  key.includes(SEPARATOR) ? key.slice(0, key.indexOf(SEPARATOR)) : undefined;

/** The event about the session as we know it. */
export function keyed(event: BatchEvent): BatchEvent {
  const payload = event.payload as { session_id: string };
  return { ...event, payload: { ...payload, session_id: sessionKey(event.meta.backEnd, payload.session_id) } };
}
