import { Injectable } from '@nestjs/common';
import { tracing } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Answers } from './answers/answers';
import { ErrorResponder } from './answers/errors';
import { OwnAnswer } from './answers/success';
import { AnswerCache, type CacheSlot } from './caching/answer-cache';
import { announce } from './deprecation';
import { type Admitted, Authorizer, traceparentOf } from './identity/authorizer';
import { asksFor, inputOf, integrationInput } from './input';
import { Limits } from './limits/limits';
import { AccountShares, Overload } from './overload/overload';
import { Preconditions } from './preconditions';
import { isSafe, type RequestContext, type Route, type Work } from './route';

declare module 'fastify' {
  interface FastifyInstance {
    /** Set once at start, see `serve.ts`; `@Route` calls its `run` for every request. */
    readonly pipeline: HttpPipeline;
  }
}

/** The steps that all routes have in common, in order: see `docs/request-pipeline.md`. */
@Injectable()
export class HttpPipeline {
  /** Requests that were admitted, and counted, before their body was read. */
  private readonly admittedEarly = new WeakSet<FastifyRequest>();

  constructor(
    readonly errors: ErrorResponder,
    private readonly overload: Overload,
    private readonly authorizer: Authorizer,
    private readonly limits: Limits,
    private readonly shares: AccountShares,
    private readonly cache: AnswerCache,
    private readonly answers: Answers,
    private readonly preconditions: Preconditions,
  ) {}

  /** Runs a route and sends its response; `work` is the controller's method. */
  async run(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const served = async (): Promise<void> =>
      request.method === 'HEAD' && !isSafe(route)
        ? this.errors.sendUnrouted(request, reply)
        : this.serve(route, work, request, reply);
    try {
      await this.overload.within(route, () => traced(request, reply, served));
    } catch (error) {
      this.errors.send(error, request, reply, route.refuse);
    }
  }

  /**
   * Admits a request by its headers, before its body is read. It is admitted again after that, because a slow body takes
   * seconds; it is counted once, and it enters its concurrency limit only then: slow senders occupy none.
   * @throws Refusal
   */
  async admitEarly(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.overload.check(route);
    await this.admit(route, request, reply);
    this.admittedEarly.add(request);
  }

  private async serve(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    let slot: CacheSlot | undefined;
    try {
      if (route.deprecated) announce(route.deprecated, reply);
      const admitted = await this.admit(route, request, reply);
      const { caller, refreshDue } = admitted;
      if (caller.identity) this.shares.enter(caller.identity.accountId, route, reply.raw);
      if (refreshDue) reply.header('token-refresh-required', '1');
      slot = this.cache.slot(route, request, admitted);
      const cached = slot?.cached ?? (await slot?.pending?.());
      if (cached) return await this.answers.sendCached(cached, { request, reply });
      const result = await this.resultOf(route, work, request, admitted);
      if (result instanceof OwnAnswer) return await result.send(request, reply);
      await this.answers.send({ route, result, slot, request, reply });
    } catch (error) {
      this.errors.send(error, request, reply, route.refuse);
    } finally {
      slot?.release();
    }
  }

  /** The result of the route's work. */
  private async resultOf(route: Route, work: Work, request: FastifyRequest, admitted: Admitted): Promise<unknown> {
    const { caller, integration } = admitted;
    const { identity } = caller;
    const { headers, raw } = request;
    const context: RequestContext = {
      header: (name) => headers[name]?.toString(),
      // The request itself counts as destroyed as soon as its body was read.
      isAborted: () => raw.socket.destroyed,
      currentIdentity: () => this.authorizer.currentIdentity(admitted),
      readmit: () => this.authorizer.readmit(admitted, request, route),
    };
    const sent = inputOf(request, route);
    const input = integration && route.method !== 'GET' ? integrationInput(asksFor(route), sent) : sent;
    const given = { input, caller, integration, accept: headers.accept, context };
    try {
      return await this.preconditions.run({ route, work, given, request });
    } finally {
      // Failed or not, a write may have changed something: the account sees it from here on.
      if (identity && (route.method !== 'GET' || route.changes)) this.cache.written(identity.accountId);
    }
  }

  /** Counts a request, unless that was done before its body was read, and identifies its caller. */
  private async admit(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<Admitted> {
    if (this.admittedEarly.has(request)) return this.authorizer.admit(request, route);
    const counted = this.limits.arrived(route.limited, request, reply);
    if (counted) await counted;
    const admitted = await this.authorizer.admit(request, route);
    this.limits.identified(admitted.caller.identity, reply);
    return admitted;
  }
}

/** Does the work within a span of the request, where traces are taken. */
function traced(request: FastifyRequest, reply: FastifyReply, work: () => Promise<void>): Promise<void> {
  const traces = tracing();
  if (!traces) return work();
  const { id, method, routeOptions } = request;
  // The pattern and never the path: ids and search texts are personal data.
  const attributes = { 'http.request.method': method, 'http.route': routeOptions.url ?? '', 'request.id': id };
  const options = { kind: 'server', parent: traceparentOf(request), attributes } as const;
  return traces.span(`${method} ${routeOptions.url}`, options, async (span) => {
    await work();
    span.note('http.response.status_code', reply.statusCode);
  });
}
