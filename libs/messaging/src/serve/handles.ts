import { Ctx, MessagePattern, Payload } from '@nestjs/microservices';
import type { AnyOperation, Caller, FieldErrors, HandlerOf } from '@open-cpo/contracts';

/** What the server hands to a handler beside the input; plain calls (from specs) pass caller and errors themselves. */
export class CallContext {
  constructor(
    readonly caller: Caller,
    readonly errors: FieldErrors,
    /** Whether it is `before` that is meant, not the handler. */
    readonly isBefore = false,
  ) {}
}

/** A handler's error on its way through Nest, which would turn it into "Internal server error". */
export class Failed {
  constructor(readonly error: unknown) {}
}

export interface HandlesOptions {
  /**
   * The handler is entered although the input has field errors: it adds what only the database knows and calls
   * `errors.throwIfAny()` itself, so that one answer names everything that is wrong.
   */
  readonly finishesValidation?: boolean;
  /**
   * A read that asks nothing but lists and statements with a name, which do without row-level security: it needs
   * nothing that goes along with other work, neither the caller's account nor what log lines carry, and is spared
   * their cost. Under test, a statement of another kind is refused to it.
   */
  readonly exemptFromRls?: boolean;
  /**
   * Of a write: what other services are asked before its transaction begins, so that no connection to the database waits for
   * them. It gets the controller; what it finds out is kept there by the caller, which is the same object in the handler.
   */
  readonly before?: (controller: unknown, input: unknown, caller: Caller) => Promise<void>;
}

export interface HandlerExtras extends HandlesOptions {
  readonly operation: AnyOperation;
}

type Method = (this: unknown, input: unknown, caller: Caller, errors: FieldErrors) => unknown;

/** Makes a method the handler of an operation; a method with other types does not compile. */
export function Handles<T extends AnyOperation>(operation: T, options: HandlesOptions = {}) {
  return <F extends HandlerOf<T>>(
    target: object,
    key: string | symbol,
    descriptor: TypedPropertyDescriptor<F>,
  ): void => {
    const handle = descriptor.value as unknown as Method;
    const entered: Method = function (input, context, errors) {
      if (!(context instanceof CallContext)) return handle.call(this, input, context, errors);
      if (context.isBefore) return guarded(() => options.before?.(this, input, context.caller));
      return guarded(() => handle.call(this, input, context.caller, context.errors));
    };
    // Nest finds parameter types under the method's name.
    Object.defineProperty(entered, 'name', { value: String(key) });
    descriptor.value = entered as unknown as F;
    const extras: HandlerExtras = { ...options, operation };
    // Without these Nest passes the input alone.
    Payload()(target, key, 0);
    Ctx()(target, key, 1);
    MessagePattern(operation.subject, extras)(target, key, descriptor);
  };
}

function guarded(work: () => unknown): unknown {
  try {
    const result = work();
    return result instanceof Promise ? result.catch((error: unknown) => new Failed(error)) : result;
  } catch (error) {
    return new Failed(error);
  }
}
