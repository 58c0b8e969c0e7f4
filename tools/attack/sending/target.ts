import type { Operation } from '../document/operations';
import type { AttackRequest } from '../requests/attack-request';
import type { People } from '../environment/people';
import { kindOf, type Resources } from '../environment/resources';
import type { Sent } from './client';

/** What a request is made of besides what was generated. */
export interface Means {
  readonly people: People;
  readonly own: Resources;
  readonly other: Resources;
  readonly address: () => string;
}

/** A generated request with living ids and a valid token in it. */
export async function resolved(
  operation: Operation,
  request: AttackRequest,
  means: Means,
): Promise<Sent & { ids: Id[] }> {
  const { method = operation.method, query, who, headers, body } = request;
  const ids: Id[] = [];
  let path = operation.path;
  for (const [name, value] of Object.entries(request.params)) {
    const kind = kindOf(operation, name);
    const id = value === '@own' ? await means.own.one(kind) : value === '@other' ? await means.other.one(kind) : value;
    if (value === '@own') ids.push({ kind, id });
    path = path.replace(`{${name}}`, String(id));
  }
  const token: Record<string, string> = who === 'nobody' ? {} : { authorization: `Bearer ${means.people.token(who)}` };
  const from = { 'x-forwarded-for': means.address() };
  return {
    method,
    target: readable(query === '' ? path : `${path}?${query}`),
    headers: { ...token, ...from, ...headers },
    ids,
    ...(body === undefined ? {} : { body: Buffer.from(body as string) }),
  };
}

// The client sends ASCII alone; other bytes go out by hand, see `raw-requests.ts`.
const readable = (target: string): string => target.replace(/[^\x21-\x7e]+/g, (text) => encodeURIComponent(text));

/** A living id that a request was about. */
export interface Id {
  readonly kind: string;
  readonly id: number | string;
}
