import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpPipeline } from '../pipeline';
import type { RequestPipeline, Route, Work } from '../route';
import type { Overload } from './overload';

/** The edge behind its gates: what finds no place is refused like anything else, in the documented form. */
export class GuardedPipeline implements RequestPipeline {
  constructor(
    private readonly pipeline: HttpPipeline,
    private readonly overload: Overload,
  ) {}

  run(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const entered = this.overload.within(route, () => this.pipeline.run(route, work, request, reply));
    return entered.catch((error: unknown) => this.refuse(error, request, reply, route.refuse));
  }

  /** Judges a request by its head. It takes its place only when its body is there: slow senders hold none. */
  async judge(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.overload.check(route);
    await this.pipeline.judge(route, request, reply);
  }

  refuse: HttpPipeline['refuse'] = (...refused) => this.pipeline.refuse(...refused);
}
