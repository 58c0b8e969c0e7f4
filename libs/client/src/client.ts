import createFetchClient, { type Client as FetchClient } from 'openapi-fetch';
import { type Introduction, introducing } from './introduce';
import { queryOf } from './query';
import { repeating, type Send } from './repeat';
import type { paths } from './schema';

export interface ClientOptions extends Introduction {
  /** Address of the API, without a slash at the end. */
  readonly baseUrl: string;
  /** Times that a request is sent again where that is safe; 2 unless said otherwise. */
  readonly retries?: number;
  /** Seconds that one such wait takes at most; 10 unless said otherwise. */
  readonly longestWait?: number;
  /** What sends requests in place of the platform's `fetch`. */
  readonly fetch?: Send;
}

/** Every operation by its method and path: `client.GET('/api/charge-points/{id}', { params: { path: { id } } })`. */
export type Client = FetchClient<paths>;

/** A client of the API. Refusals come as `error`, or by `unwrap` as `ApiError`. */
export function createClient({ baseUrl, retries = 2, longestWait = 10, ...rest }: ClientOptions): Client {
  const { fetch = (request: Request) => globalThis.fetch(request), ...introduction } = rest;
  const client = createFetchClient<paths>({
    baseUrl,
    fetch: repeating(fetch, { retries, longestWait }),
    querySerializer: queryOf,
  });
  client.use(introducing(introduction));
  return client;
}
