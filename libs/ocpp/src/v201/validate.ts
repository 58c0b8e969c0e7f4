import { MessageValidator } from '../schema/validator';
import schemas from './schemas.json';

const validator = new MessageValidator(schemas);

/** How a request of a charger deviates from the schema, for the log: it is handled all the same. */
export const requestProblems = (action: string, payload: unknown): readonly string[] =>
  validator.problemsOf(`${action}Request`, payload);

/** @throws Error when a call of ours does not fit its schema */
export const assertRequest = (action: string, payload: unknown): void =>
  validator.assertValid(`${action}Request`, payload);

/** Whether the protocol has a call of this name. */
export const isKnownAction = (action: string): boolean => validator.has(`${action}Request`);

/** @throws Error when a response of ours does not fit its schema */
export const assertResponse = (action: string, payload: unknown): void =>
  validator.assertValid(`${action}Response`, payload);
