import type { Refusal } from '@open-cpo/contracts';

/** Tells what an error of a library means to the caller, or nothing when it is a fault of ours. */
export type ErrorTranslator = (error: unknown) => Refusal | undefined;

/** What a service with a database provides: PostgreSQL's errors in our words. */
export const ERROR_TRANSLATOR = Symbol('open-cpo:error-translator');
