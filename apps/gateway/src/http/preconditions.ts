import { Injectable } from '@nestjs/common';
import { type Caller, Refusal } from '@open-cpo/contracts';
import type { FastifyRequest } from 'fastify';
import { isConditional, etagMatches } from './caching/etag';
import { paramsOf } from './input';
import { declaredRoutes, type HandlerArguments, type Route, type Work } from './route';
import { Answers } from './answers/answers';

const reads = new WeakMap<Route, Route | null>();

/** The read of what a route writes, where its answers carry an `ETag`: the GET of the same URL. */
export function readOf(route: Route): Route | undefined {
  if (!['PUT', 'PATCH', 'DELETE'].includes(route.method)) return undefined;
  const known = reads.get(route);
  if (known !== undefined) return known ?? undefined;
  const found = declaredRoutes().find(
    (one) => one.controller === route.controller && one.path === route.path && isConditional(one),
  );
  reads.set(route, found ?? null);
  return found;
}

interface Conditional {
  readonly route: Route;
  readonly work: Work;
  readonly given: HandlerArguments & { readonly caller: Caller };
  readonly request: FastifyRequest;
}

/** Conditional writes (`If-Match`, RFC 9110): a write is refused when its target is not what the client has read. */
@Injectable()
export class Preconditions {
  private readonly queues = new Map<string, Promise<unknown>>();

  constructor(private readonly answers: Answers) {}

  /**
   * Runs a write, under its `If-Match` where it has one. Conditional writes to one URL run one after the other, so that
   * of several with the same tag one succeeds.
   * @throws Refusal `precondition_failed`
   */
  run(conditional: Conditional): unknown {
    const { route, work, given, request } = conditional;
    const tags = request.headers['if-match'];
    const read = tags === undefined ? undefined : readOf(route);
    if (tags === undefined || !read) return work(given);
    const path = request.url.split('?', 1)[0] ?? '';
    return this.oneByOne(`${given.caller.identity?.accountId} ${path}`, async () => {
      await this.check(tags, read, conditional);
      return work(given);
    });
  }

  private async check(tags: string, read: Route, { work, given, request }: Conditional): Promise<void> {
    const { idempotencyKey, userAgent, ...caller } = given.caller;
    void [idempotencyKey, userAgent];
    const result = await work({ ...given, caller, input: paramsOf(request) }, read);
    // Read without a refusal: it is there.
    if (tags.trim() === '*') return;
    const tag = await this.answers.tagOf(read, result, request);
    if (tag === undefined || !etagMatches(tags, tag)) throw new Refusal('precondition_failed');
  }

  private async oneByOne<T>(key: string, work: () => Promise<T>): Promise<T> {
    const mine = (this.queues.get(key) ?? Promise.resolve()).then(work, work);
    this.queues.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.queues.get(key) === mine) this.queues.delete(key);
    }
  }
}
