/** What the sender of requests asks of the session. */
export interface TokenSource {
  /** Resolves once no renewal is under way. */
  settled(): Promise<unknown>;
  /** The token as it is now. */
  current(): string | undefined;
  /** A token after `rejected` was refused: a newer one, or that of a new login; undefined when there is none. */
  renewed(rejected: string): Promise<string | undefined>;
}

const bearer = (token: string): string => `Bearer ${token}`;

/**
 * Sends requests of a session. A request whose token has ended waits until the user has logged in again and is then sent
 * with the new token, so that nothing that was typed is lost.
 */
export function sendingFor(source: TokenSource, send: (request: Request) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    const given = request.headers.get('authorization');
    if (!given) return send(request);
    const ready = request.url.endsWith('/auth/refresh') ? request : await withCurrent(source, request, given);
    const spare = ready.clone();
    const response = await send(ready);
    if (response.status !== 401 || spare.url.endsWith('/auth/logout')) return response;
    const used = spare.headers.get('authorization') ?? '';
    const token = await source.renewed(used.slice(bearer('').length));
    return token ? send(withToken(spare, token)) : response;
  };
}

async function withCurrent(source: TokenSource, request: Request, given: string): Promise<Request> {
  await source.settled();
  const token = source.current();
  return token && bearer(token) !== given ? withToken(request, token) : request;
}

function withToken(request: Request, token: string): Request {
  const headers = new Headers(request.headers);
  headers.set('authorization', bearer(token));
  return new Request(request, { headers });
}
