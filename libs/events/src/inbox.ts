/** Makes a consumer idempotent: the row that remembers the event and its effect are one transaction. */
export interface Inbox {
  /** Does `work` unless `consumer` has handled the event before. */
  once(consumer: string, eventId: string, work: () => Promise<void>): Promise<void>;
}

/** What a service with a database provides. */
export const INBOX = Symbol('open-cpo:inbox');
