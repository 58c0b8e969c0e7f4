import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config';
import { answerTo, type Manner } from './answers/refusals';
import { announce } from './deprecation';
import { Authorizer } from './identity/authorizer';
import { inputOf } from './input';
import { Limits } from './limits/limits';
import { OwnAnswer } from './own-answer';
import type { Asked, Edge, Route, Work } from './route';
import { Answers, isV3, JSON_TYPE } from './sending/answers';
import { traced } from './traced';

/** Where HTTP ends: everything that every route has in common happens here, once. */
@Injectable()
export class HttpEdge implements Edge {
  constructor(
    private readonly authorizer: Authorizer,
    private readonly limits: Limits,
    private readonly answers: Answers,
    private readonly config: GatewayConfig,
    private readonly log: Log,
  ) {}

  run(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return traced(request, reply, () => this.serve(route, work, request, reply));
  }

  private async serve(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      if (route.deprecated) announce(route.deprecated, reply);
      const counted = this.limits.arrived(route.limited, request, reply);
      if (counted) await counted;
      const admitted = await this.authorizer.admit(request, route);
      const { caller, integration, refreshDue } = admitted;
      this.limits.identified(caller.identity, reply);
      if (refreshDue) reply.header('token-refresh-required', '1');
      const place = this.answers.place(route, request, admitted);
      if (place?.found) return await this.answers.again(place.found, { request, reply });
      const { accept } = request.headers;
      const asked = askedBy(request, () => this.authorizer.again(admitted));
      const given = { input: inputOf(request, route), caller, integration, accept, asked };
      let result: unknown;
      try {
        result = await work(given);
      } finally {
        this.answers.done(route, caller);
      }
      if (result instanceof OwnAnswer) return await result.send(request, reply);
      await this.answers.send({ route, result, place, request, reply });
    } catch (error) {
      this.refuse(error, request, reply, route.refuse);
    }
  }

  /** Says no in the documented form; what is no refusal is a fault of ours, told to the log alone. */
  refuse(error: unknown, request: FastifyRequest, reply: FastifyReply, manner?: Manner): void {
    // Half an answer is out: a broken connection is the only way left to say that it is not whole.
    if (reply.raw.headersSent) return void reply.raw.destroy();
    const refusal = error instanceof Refusal ? error : new Refusal('internal', { cause: error });
    if (refusal.kind === 'internal') this.log.error('Request failed', { requestId: request.id, error });
    const { unauthenticatedStatus } = this.config;
    const v3 = isV3(request.url);
    const { status, body } = answerTo(
      refusal,
      { v3, host: request.hostname.replace(/:\d+$/, ''), unauthenticatedStatus },
      manner,
    );
    if (refusal.kind === 'unauthenticated') reply.header('www-authenticate', 'Bearer');
    if (refusal.retryAfter !== undefined) reply.header('retry-after', String(Math.ceil(refusal.retryAfter)));
    reply.header('x-error-code', refusal.code).header('content-type', JSON_TYPE).status(status);
    void reply.send(JSON.stringify(body));
  }
}

const askedBy = ({ headers, raw }: FastifyRequest, again: Asked['again']): Asked => ({
  header: (name) => headers[name]?.toString(),
  gone: () => raw.destroyed,
  again,
});
