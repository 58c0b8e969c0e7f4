import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { Refusal } from '@open-cpo/contracts';
import { Log } from '@open-cpo/platform';
import type { Reply } from '@open-cpo/messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GatewayConfig } from '../config';
import { answerTo, type Manner } from './answers/refusals';
import { A, bare, type Envelope, V, wrap } from './answers/success';
import { Authorizer } from './identity/authorizer';
import { inputOf } from './input';
import { OwnAnswer } from './own-answer';
import type { Asked, Edge, Route, Work } from './route';
import { Rows } from './rows';
import { traced } from './traced';

const JSON_TYPE = 'application/json; charset=utf-8';
const NO_BYTES = new Uint8Array(0);

/** An answer of a route that decides its envelope itself. */
export class Answered {
  constructor(
    readonly value: unknown,
    readonly envelope: Envelope,
  ) {}
}

/** Where HTTP ends: everything that every route has in common happens here, once. */
@Injectable()
export class HttpEdge implements Edge {
  constructor(
    private readonly authorizer: Authorizer,
    private readonly config: GatewayConfig,
    private readonly log: Log,
  ) {}

  run(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    return traced(request, reply, () => this.serve(route, work, request, reply));
  }

  private async serve(route: Route, work: Work, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    try {
      const { caller, integration, refreshDue } = await this.authorizer.admit(request, route);
      if (refreshDue) reply.header('token-refresh-required', '1');
      const { accept } = request.headers;
      const asked = askedBy(request);
      const result = await work({ input: inputOf(request, route), caller, integration, accept, asked });
      if (result instanceof OwnAnswer) return await result.send(request, reply);
      await this.answer(route, result, request, reply);
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

  private async answer(route: Route, result: unknown, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const [value, envelope] =
      result instanceof Answered ? [result.value, result.envelope] : [result, envelopeOf(route, request)];
    if (isReply(value) && value.replayed) reply.header('idempotent-replayed', 'true');
    if (route.changes) reply.header('cache-control', 'no-store');
    reply.status(envelope.status);
    if (envelope.letter === 'Z') return void reply.send();
    reply.header('content-type', JSON_TYPE).headers(envelope.headers ?? {});
    if (value instanceof Rows) return this.stream(value, envelope, request, reply);
    if (isReply(value)) return void reply.send(wrap(envelope, value.bytes));
    reply.send(wrap(envelope, value === undefined ? NO_BYTES : Buffer.from(JSON.stringify(value))));
  }

  /** The status goes out with the first row; what breaks later breaks the connection, never a whole-looking answer. */
  private async stream(rows: Rows, envelope: Envelope, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const pieces = rows.json(envelope.open, envelope.close);
    const opening = await pieces.next();
    const first = await pieces.next();
    if (request.method === 'HEAD') {
      await pieces.return(undefined);
      return void reply.send();
    }
    const body = Readable.from(whole([opening, first], pieces), { objectMode: false, highWaterMark: 256 * 1024 });
    body.on('error', (error) => this.log.warn('A streamed answer broke', { requestId: request.id, error }));
    void reply.send(body);
  }
}

type Piece = IteratorResult<Uint8Array, void>;

/** What was taken already and the rest; whoever stops reading ends the rest, too. */
async function* whole(taken: readonly Piece[], rest: AsyncGenerator<Uint8Array, void>): AsyncGenerator<Uint8Array> {
  try {
    for (const { value } of taken) if (value) yield value;
    yield* rest;
  } finally {
    await rest.return();
  }
}

const askedBy = ({ headers, raw }: FastifyRequest): Asked => ({
  header: (name) => headers[name]?.toString(),
  gone: () => raw.destroyed,
});

/** Whether a path belongs to the family that speaks in `message` and `data`. */
export const isV3 = (url: string): boolean => /^\/api\/v3(?:[/?]|$)/.test(url);

const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && 'bytes' in value && 'replayed' in value;

const BARE = bare();
const V_DONE = V();
function envelopeOf(route: Route, request: FastifyRequest): Envelope {
  if (route.envelope) return route.envelope;
  if (isV3(request.url)) return V_DONE;
  return route.calls.answer.form === 'nothing' ? BARE : A;
}
