import type { ErrorCode, Malformed, Payload } from '@open-cpo/ocpp';
import type { ChargerContext } from '../sockets/charger-context';
import type { Received } from './actions';

/** How the messages of one version of the protocol are read, answered and written. */
export interface Version {
  /** Whether calls of this name are answered by `answer`. */
  isAction(action: string): boolean;
  /** Whether the version has calls of this name. */
  isKnownAction(action: string): boolean;
  /** A call in the words of the service; whatever it holds, it is never refused. */
  read(action: string, payload: Payload): { readonly value: object; readonly quirks: readonly string[] };
  /** How a call deviates from the schema. */
  problems(action: string, payload: Payload): readonly string[];
  answer(context: ChargerContext, action: string, received: Received<object>): Promise<object>;
  /** @throws Error when the response does not fit the schema */
  encode(id: string, action: string, response: object): string;
  /** Whether something was stored before the answer; answers to other calls say nothing of the database. */
  isStoring(action: string, value: object): boolean;
  /** Whether a CALLERROR would make a charger throw a transaction away. */
  isAboutTransaction(action: string): boolean;
  /** Keeps the text of a call about a transaction that could not be handled; answers what the charger gets. */
  keepFailed(context: ChargerContext, action: string, text: string, error: unknown): Promise<object | undefined>;
  /** The code of a message that is none. */
  codeOf(malformed: Malformed): ErrorCode;
}

/** Whether it has readings: those are stored. */
export const hasReadings = (value: object): boolean =>
  'readings' in value && Array.isArray(value.readings) && value.readings.length > 0;
