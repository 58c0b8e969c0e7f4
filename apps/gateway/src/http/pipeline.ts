import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config';
import { answerTo, type ErrorFormat } from './answers/refusals';
import type { Place } from './caching/answer-cache';
import { announce } from './deprecation';
import { type Admitted, Authorizer } from './identity/authorizer';
import { languageOf } from './identity/language';
import { asksFor, inputOf } from './input';
import { integrationInput } from './integration-input';
import { answerEarly, isBodyPending } from './body/pending-body';
import { Limits } from './limits/limits';
import { AccountShares } from './overload/account-shares';
import { OwnAnswer } from './own-answer';
import { Preconditions } from './preconditions';
import { type Asked, isSafe, type RequestPipeline, type Route, type Work } from './route';
import { refuseUnrouted } from './server/errors';
import { RefusalLog } from './refusal-log';
import { Answers, isV3, JSON_TYPE } from './sending/answers';
import { traced } from './traced';

/** Where HTTP ends: everything that every route has in common happens here, once. */
@Injectable()
export class HttpPipeline implements RequestPipeline {
  /** Requests that were judged, and counted, before their body was read. */
  private readonly judged = new WeakSet<FastifyRequest>();

  constructor(
    private readonly authorizer: Authorizer,
    private readonly limits: Limits,
    private readonly shares: AccountShares,
    private readonly answers: Answers,
    private readonly preconditions: Preconditions,
    private readonly config: GatewayConfig,
    private readonly log: Log,
    private readonly refusals: RefusalLog,
  ) {}

  run(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return traced(request, reply, async () => {
      if (request.method === 'HEAD' && !isSafe(route)) return refuseUnrouted(request, reply, this);
      return this.serve(route, work, request, reply);
    });
  }

  /**
   * Judges a request by its head, before its body is read. It is judged once more after that, because a slow body takes
   * seconds; what it counts for is counted once.
   * @throws Refusal
   */
  async judge(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.judged.add(request);
    const counted = this.limits.arrived(route.limited, request, reply);
    if (counted) await counted;
    const { caller } = await this.authorizer.admit(request, route);
    this.limits.identified(caller.identity, reply);
  }

  private async serve(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    let place: Place | undefined;
    try {
      if (route.deprecated) announce(route.deprecated, reply);
      const admitted = await this.admit(route, request, reply);
      const { caller, refreshDue } = admitted;
      if (caller.identity) this.shares.enter(caller.identity.accountId, route, reply.raw);
      if (refreshDue) reply.header('token-refresh-required', '1');
      place = this.answers.place(route, request, admitted);
      const known = place?.found ?? (await place?.following?.());
      if (known) return await this.answers.again(known, { request, reply });
      const result = await this.worked(route, work, request, admitted);
      if (result instanceof OwnAnswer) return await result.send(request, reply);
      await this.answers.send({ route, result, place, request, reply });
    } catch (error) {
      this.refuse(error, request, reply, route.refuse);
    } finally {
      place?.left();
    }
  }

  /** What the route comes to. */
  private async worked(route: Route, work: Work, request: FastifyRequest, admitted: Admitted): Promise<unknown> {
    const { caller, integration } = admitted;
    const { accept } = request.headers;
    const asked = askedBy(request, {
      again: () => this.authorizer.again(admitted),
      judged: async () => (await this.authorizer.admit(request, route)).caller,
    });
    const sent = inputOf(request, route);
    const input = integration && route.method !== 'GET' ? integrationInput(asksFor(route), sent) : sent;
    const given = { input, caller, integration, accept, asked };
    try {
      return await this.preconditions.run({ route, work, given, request });
    } finally {
      this.answers.done(route, caller);
    }
  }

  /** Counts what was not counted when the head of the request was judged. */
  private async admit(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<Admitted> {
    if (this.judged.has(request)) return this.authorizer.admit(request, route);
    const counted = this.limits.arrived(route.limited, request, reply);
    if (counted) await counted;
    const admitted = await this.authorizer.admit(request, route);
    this.limits.identified(admitted.caller.identity, reply);
    return admitted;
  }

  /** Sends an error in the documented form; what is no refusal is an internal error, whose cause is logged only. */
  refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, format?: ErrorFormat): void {
    // Half an answer is out: a broken connection is the only way left to say that it is not whole.
    if (reply.raw.headersSent) return void reply.raw.destroy();
    const refusal = error instanceof Refusal ? error : new Refusal('internal', { cause: error });
    if (refusal.kind === 'internal') this.log.error('Request failed', { requestId: request.id, error });
    this.refusals.record(refusal, request);
    const { unauthenticatedStatus } = this.config;
    const v3 = isV3(request.url);
    const { status, body } = answerTo(
      refusal,
      {
        ...{ v3, host: request.hostname.replace(/:\d+$/, ''), unauthenticatedStatus },
        language: languageOf(request.headers['accept-language']),
      },
      format,
    );
    if (refusal.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
    if (refusal.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(refusal.retryAfter)));
    reply.header('x-error-code', refusal.code).header('content-type', JSON_TYPE).status(status);
    const text = JSON.stringify(body);
    if (isBodyPending(request)) return answerEarly(request, reply, text);
    void reply.send(text);
  }
}

const askedBy = ({ headers, raw }: FastifyRequest, by: Pick<Asked, 'again' | 'judged'>): Asked => ({
  header: (name) => headers[name]?.toString(),
  // The request itself counts as destroyed as soon as its body was read.
  gone: () => raw.socket.destroyed,
  ...by,
});
