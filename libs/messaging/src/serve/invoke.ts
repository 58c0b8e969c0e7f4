import { accept, type Caller, type Operation, Refusal } from '@open-cpo/contracts';
import { isObservable, lastValueFrom } from 'rxjs';
import { decode } from '../wire';
import { CallContext, Failed } from './handles';

/** A handler as Nest registers it. */
export type Handler = (input: unknown, context: CallContext) => Promise<unknown>;

/** Reads and validates the input, then runs the handler, or what comes before it; whatever it throws comes out as it was. */
export async function invoke(
  operation: Operation<unknown, unknown>,
  handler: Handler,
  finishesValidation: boolean,
  body: Uint8Array,
  caller: Caller,
  isBefore = false,
): Promise<unknown> {
  const { input, errors } = accept(operation.input, parsed(body));
  if (!finishesValidation) errors.throwIfAny();
  const result = await handler(input, new CallContext(caller, errors, isBefore));
  const value: unknown = isObservable(result) ? await lastValueFrom(result, { defaultValue: undefined }) : result;
  if (value instanceof Failed) throw value.error;
  return value;
}

function parsed(body: Uint8Array): unknown {
  try {
    return decode(body);
  } catch (cause) {
    throw new Refusal('malformed_request', { cause });
  }
}
