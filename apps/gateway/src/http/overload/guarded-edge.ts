import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpEdge } from '../edge';
import type { Edge, Route, Work } from '../route';
import type { Overload } from './overload';

/** The edge behind its gates: what finds no place is refused like anything else, in the documented form. */
export class GuardedEdge implements Edge {
  constructor(
    private readonly edge: HttpEdge,
    private readonly overload: Overload,
  ) {}

  run(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const entered = this.overload.within(route, () => this.edge.run(route, work, request, reply));
    return entered.catch((error: unknown) => this.refuse(error, request, reply, route.refuse));
  }

  /** Judges a request by its head. It takes its place only when its body is there: slow senders hold none. */
  async judge(route: Route, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    this.overload.check(route);
    await this.edge.judge(route, request, reply);
  }

  refuse: HttpEdge['refuse'] = (...refused) => this.edge.refuse(...refused);
}
