import { PATH_METADATA } from '@nestjs/common/constants';
import { Delete, Get, HttpCode, Patch, Post, Put, Req, Res } from '@nestjs/common';
import type {
  AnyOperation,
  Caller,
  Dto,
  ErrorCode,
  ExportFormat,
  DomainEvent,
  Identity,
  Permission,
} from '@open-cpo/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Envelope } from './answers/success';
import type { Deprecated } from './deprecation';
import type { ErrorFormat } from './answers/refusals';
import type { Limited } from './limits/limits';
import type { RowsForm } from './rows';
import { describe } from './openapi/describe';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What varies from route to route, as data. */
export interface RouteOptions {
  /** The operation it calls: documentation and tests take it from here. */
  readonly calls: AnyOperation;
  /** Title in the reference. */
  readonly title: string;
  /** What it does, in a sentence or two, in the reference. */
  readonly description: string;
  /** The permission it needs; `token`: any valid token; `public`: none, and a token that is sent is ignored. */
  readonly can: Permission | 'token' | 'public';
  /** Success envelope; by default V under `/api/v3`, else A, and the bare A for operations that answer nothing. */
  readonly envelope?: Envelope;
  readonly refuse?: ErrorFormat;
  /** Has a limit of its own, beside those of the caller and the address. */
  readonly limited?: Limited;
  /** Deprecated: still answers, with a `Deprecation` header. */
  readonly deprecated?: Deprecated;
  /** It changes something although it is a GET: never cached, here or elsewhere. */
  readonly changes?: boolean;
  /** Answers hold secrets (tokens, keys, codes) or bank details: `Cache-Control: no-store`. */
  readonly noStore?: boolean;
  /**
   * Responses are cached briefly, until the account writes something in the same service or one of these events of it is
   * received. They may depend only on the URL and the caller; never on the user's id.
   */
  readonly cached?: readonly DomainEvent<unknown>[];
  /** What a request consists of, where the route makes the operation's input out of it. */
  readonly asks?: Dto<unknown>;
  /** What may stand in place of a token, for clients that cannot send one. */
  readonly alternativeAuth?: readonly ('ticket' | 'api-key')[];
  /**
   * Tokens that have ended reach the operation: auth knows whether one was replaced a moment ago, or comes again because
   * it was copied.
   */
  readonly acceptsEndedTokens?: boolean;
  /** Open to members who have yet to set up the second factor that their account requires. */
  readonly withoutSecondFactor?: boolean;
  /** A second operation that the same URL leads to, for the documentation. */
  readonly orCalls?: AnyOperation;
  /** Rows or pages in the answer's documentation where the operation streams them. */
  readonly rows?: RowsForm;
  /** Fields of the operation's input that the route fills in by itself: no parameters of a request. */
  readonly fills?: readonly string[];
  /** Its body is a multipart form with a file. */
  readonly multipart?: boolean;
  /** Codes, or statuses in general, that the documentation names beyond those of every route. */
  readonly refusals?: readonly (number | ErrorCode)[];
  /** What the answer consists of, where the route takes it out of the operation's. */
  readonly shows?: Dto<unknown>;
  /** The rows or the object that a request with an `API-KEY` gets, in envelope A in place of the route's own. */
  readonly forIntegrations?: Dto<unknown>;
  /** The forms of the file that it answers, for the documentation: a workbook or lines of text unless said otherwise. */
  readonly files?: readonly ExportFormat[];
  /** `expires_in` stands beside `data`, for the documentation. */
  readonly withExpiry?: boolean;
  /** A second kind of success, for the documentation. */
  readonly also?: { readonly status: number; readonly of: Dto<unknown>; readonly when: string };
}

/** A route as declared. */
export interface Route extends RouteOptions {
  readonly method: Method;
  /** Path below the controller's. */
  readonly path: string;
  readonly controller: object;
  readonly handler: string;
  /** What its parameters ask for. */
  readonly takes: readonly (keyof HandlerArguments)[];
  /** What invalidates a cached response. */
  readonly topics: readonly string[];
  /** Calls its method on a controller. */
  readonly invoke: (controller: unknown, given: HandlerArguments) => unknown;
}

/** Topic of the account's writes through this gateway. */
export const SELF_WRITE = 'self-write';

/** Whether its responses are `no-store`. */
export const isUnstorable = ({ changes, noStore }: Pick<RouteOptions, 'changes' | 'noStore'>): boolean =>
  changes === true || noStore === true;

/** Whether a GET changes nothing, so that HEAD may stand in its place. */
export const isSafe = ({ method, calls }: Pick<Route, 'method' | 'calls'>): boolean =>
  method === 'GET' && calls.kind !== 'write';

/** Full path of a route, parameters as `:name`. */
export function pathOf({ controller, path }: Pick<Route, 'controller' | 'path'>): string {
  const base = Reflect.getMetadata(PATH_METADATA, controller) as string;
  return `/${[base, path].filter((part) => part !== '' && part !== '/').join('/')}`;
}

/** Calls the controller's method; with `of` that of another route of the same controller. */
export type Work = (given: HandlerArguments, of?: Route) => unknown;

/** The request itself, for routes whose responses depend on more than their input. */
export interface RequestContext {
  header(name: string): string | undefined;
  /** Whether the client has closed the connection. */
  isAborted(): boolean;
  /** The caller's present identity, for responses that last. @throws Refusal like that of a new request */
  currentIdentity(): Promise<Identity>;
  /** The caller with its present rights, after a body that took long. @throws Refusal like that of a new request */
  readmit(): Promise<Caller>;
}

/** What the parameters of a controller's method may ask for. */
export interface HandlerArguments {
  readonly input: unknown;
  readonly caller: unknown;
  readonly integration: boolean;
  readonly accept: string | undefined;
  readonly context: RequestContext;
}

const DECLARED: Route[] = [];
const PARAMETERS = Symbol('open-cpo:parameters');
const VERBS = { GET: Get, POST: Post, PUT: Put, PATCH: Patch, DELETE: Delete };
// Beyond any parameter of a controller's own.
const REQUEST = 8;
const REPLY = 9;

/** Every route there is, in the order of declaration. */
export const declaredRoutes = (): readonly Route[] => DECLARED;

type Parameters = (keyof HandlerArguments)[];
const parametersOf = (target: object, key: string | symbol): Parameters =>
  (Reflect.getMetadata(PARAMETERS, target, key) as Parameters | undefined) ?? [];

const parameter = (kind: keyof HandlerArguments) => (): ParameterDecorator => (target, key, index) => {
  const kinds = parametersOf(target, key as string);
  kinds[index] = kind;
  Reflect.defineMetadata(PARAMETERS, kinds, target, key as string);
};

/** Path parameters, query or body, in one object. The owning service validates it. */
export const Input = parameter('input');
/** The caller. */
export const From = parameter('caller');
/** Whether the caller is an integration: a request with a valid `API-KEY`. */
export const ByIntegration = parameter('integration');
/** The request's `Accept`. */
export const Accepting = parameter('accept');
/** The request's headers, connection and present caller. */
export const RequestContext = parameter('context');

/**
 * Makes a controller's method a route: requests run through the pipeline, which calls the method and sends what it
 * returns.
 */
export function Route(method: Method, path: string, options: RouteOptions): MethodDecorator {
  return (target, key, descriptor) => {
    const handler = String(key);
    const original = descriptor.value as unknown as (...args: unknown[]) => unknown;
    const kinds = parametersOf(target, key);
    const topics = [SELF_WRITE, options.calls.service, ...(options.cached ?? []).map(({ subject }) => subject)];
    const invoke: Route['invoke'] = (controller, given) =>
      original.apply(
        controller,
        kinds.map((kind) => given[kind]),
      );
    const controller = target.constructor;
    const route: Route = { ...options, method, path, controller, handler, takes: kinds, topics, invoke };
    const entered = function (this: unknown, ...args: unknown[]): Promise<void> {
      const request = args[REQUEST] as FastifyRequest;
      const work: Work = (given, of = route) => of.invoke(this, given);
      return request.server.pipeline.run(route, work, request, args[REPLY] as FastifyReply);
    };
    Object.defineProperty(entered, 'name', { value: handler });
    Object.assign(descriptor, { value: entered });
    DECLARED.push(route);
    Req()(target, key, REQUEST);
    Res()(target, key, REPLY);
    HttpCode(200)(target, key, descriptor);
    VERBS[method](path)(target, key, descriptor);
    describe(route)(target, key, descriptor);
  };
}
