import type { Caller } from './caller';
import type { FieldErrors } from './refusal';

/** A DTO class: there at run time for validation and documentation, and a type at compile time. */
export type Dto<T> = new () => T;

/** What an answer consists of; `T` is its type. */
export interface Answer<T> {
  readonly form: 'one' | 'list' | 'page' | 'strings' | 'value' | 'nothing';
  readonly of?: Dto<unknown>;
  /** Where no class shows one. */
  readonly example?: T;
  /** Never set: carries the type. */
  readonly type?: T;
}

/** One page of a list, in the wire's own words. */
export interface Page<T> {
  readonly data: T[];
  readonly meta: { readonly per_page: number; readonly total: number };
}

export const list = <T>(of: Dto<T>): Answer<T[]> => ({ form: 'list', of });
export const page = <T>(of: Dto<T>): Answer<Page<T>> => ({ form: 'page', of });
export const strings: Answer<string[]> = { form: 'strings' };
export const nothing: Answer<void> = { form: 'nothing' };
/** A bare value such as a number, documented by an example. */
export const value = <T extends string | number | boolean | null>(example: T): Answer<T> => ({
  form: 'value',
  example,
});

export interface OperationOptions {
  /** Milliseconds a caller waits at most; bounded by what is left of the request's own deadline. */
  readonly deadline?: number;
  /** Operators alone may call it; the gateway has no route to it and the broker no permission. */
  readonly operator?: true;
}

/** The audit entry of a write. */
export type WriteAudit =
  /** Its action; several where what is changed decides which. A write that records none of them is not committed. */
  | { readonly audit: string | readonly [string, ...string[]] }
  /** A write that needs no entry. */
  | { readonly audit: false; readonly reason: string };

/** A declared operation before it has a name. */
export interface Declaration<I, O, K extends Kind = Kind> extends OperationOptions {
  /** Of a write, see `WriteAudit`. */
  readonly audit?: WriteAudit['audit'];
  readonly kind: K;
  readonly input: Dto<I>;
  readonly answer: Answer<O>;
}

/**
 * `read` may be asked twice without harm. `write` runs in one transaction together with its idempotency key, its
 * audit entry and its events. `stream` answers rows without end, from one replica and one cursor.
 */
export type Kind = 'read' | 'write' | 'stream';

/** One operation of one service: both the gateway's call and the service's handler take their types from it. */
export interface Operation<I, O, K extends Kind = Kind> extends Declaration<I, O, K> {
  /** `service.resource.operation`, which is also the NATS subject. */
  readonly subject: string;
  /** The service that owns it, which is also its queue group. */
  readonly service: string;
}

export type AnyOperation = Operation<unknown, unknown>;

type AnswerOf<A> = A extends Answer<infer T> ? T : A extends Dto<infer T> ? T : never;

const declare =
  <K extends Kind, Options extends [options?: OperationOptions] | [options: OperationOptions & WriteAudit]>(kind: K) =>
  <I, A extends Answer<unknown> | Dto<unknown>>(
    input: Dto<I>,
    answer: A,
    ...[options]: Options
  ): Declaration<I, AnswerOf<A>, K> => ({
    ...options,
    kind,
    input,
    answer: (typeof answer === 'function' ? { form: 'one', of: answer } : answer) as Answer<AnswerOf<A>>,
  });

type WithoutAudit = [options?: OperationOptions];

export const read = declare<'read', WithoutAudit>('read');
/** Its options say which entry it leaves in the audit log: `write(In, Out, { audit: 'categories.update' })`. */
export const write = declare<'write', [options: OperationOptions & WriteAudit]>('write');
/** The answer names one row; the handler yields many. */
export const stream = declare<'stream', WithoutAudit>('stream');

type Named<T> = {
  readonly [N in keyof T]: T[N] extends Declaration<infer I, infer O, infer K> ? Operation<I, O, K> : never;
};

/** Gives a resource's operations their subjects: `operations('stations.categories', { one: read(In, Out) })`. */
export function operations<T extends Record<string, Declaration<unknown, unknown>>>(
  resource: `${string}.${string}`,
  declared: T,
): Named<T> {
  const service = resource.slice(0, resource.indexOf('.'));
  const named = Object.entries(declared).map(([name, declaration]) => [
    name,
    Object.freeze({ ...declaration, service, subject: `${resource}.${name}` }),
  ]);
  return Object.freeze(Object.fromEntries(named)) as Named<T>;
}

/** An answer, or a row of one, that is JSON already: what made it needed no object in between. */
export class Encoded<T> {
  /** Never set: carries the type. */
  declare readonly type?: T;

  constructor(readonly json: string) {}
}

export type InputOf<T> = T extends Operation<infer I, infer _O> ? I : never;
export type OutputOf<T> = T extends Operation<infer _I, infer O> ? O : never;

/**
 * What a handler of an operation looks like. The third argument holds the field errors found so far, for handlers
 * that finish validation themselves (see `Handles`).
 */
export type HandlerOf<T> =
  T extends Operation<infer I, infer O, infer K>
    ? [K] extends ['stream']
      ? (input: I, caller: Caller, errors: FieldErrors) => AsyncIterable<O | Encoded<O>>
      : (input: I, caller: Caller, errors: FieldErrors) => Promise<O | Encoded<O>>
    : never;

/** `implements HandlersOf<typeof categories>` makes a missing or wrong handler a compile error. */
export type HandlersOf<T> = { [N in keyof T]: HandlerOf<T[N]> };
