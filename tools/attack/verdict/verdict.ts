import type { Operation } from '../document/operations';
import type { Answer, Sent } from '../sending/client';
import { leakingHeaders, leaksOf } from './leaks';
import type { Schemas } from './schemas';

/** Refusals that come before a request has an operation: unreadable, too long, of a wrong method. */
const BEFORE_ROUTES = new Set([400, 404, 405, 408, 413, 414, 415, 431]);
const SHAPES = ['RefusalA0', 'RefusalK', 'RefusalN', 'RefusalP', 'RefusalE', 'RefusalM', 'RefusalVfail'];

/** What is wrong with an answer, in words; empty when nothing is. */
export function faultsOf(schemas: Schemas, operation: Operation | undefined, sent: Sent, answer: Answer): string[] {
  const { status, fault } = answer;
  if (fault !== undefined) return endedEarly(sent, fault) ? [] : [`no answer: ${fault}`];
  const faults: string[] = [];
  if (status >= 500) faults.push(`status ${status} ${String(answer.headers['x-error-code'] ?? '')}`);
  if (status >= 400) faults.push(...leaksIn(sent, answer));
  faults.push(...leakingHeaders(answer.headers).map((name) => `header ${name}`));
  const shape = shapeFault(schemas, operation, sent, answer);
  if (shape) faults.push(shape);
  return faults;
}

/** A server that has refused a large body may close before the client has sent all of it. */
const endedEarly = ({ body }: Sent, fault: string): boolean =>
  (fault === 'ECONNRESET' || fault === 'EPIPE') && (body?.length ?? 0) > 1024 * 1024;

function leaksIn({ target, body, headers }: Sent, { text }: Answer): string[] {
  const found = leaksOf(text, '');
  if (found.length === 0) return [];
  // Only now: what was asked may be large.
  const asked = `${target} ${decoded(target)} ${body?.toString() ?? ''} ${JSON.stringify(headers)}`;
  return leaksOf(text, asked).map((what) => `reveals ${what}`);
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return '';
  }
}

function shapeFault(schemas: Schemas, operation: Operation | undefined, sent: Sent, answer: Answer) {
  const { status, headers, text } = answer;
  if (sent.method === 'HEAD' || status === 204 || status === 304) return undefined;
  const json = String(headers['content-type'] ?? '').startsWith('application/json');
  if (status >= 400 && !json) return `status ${status}: the refusal is no JSON`;
  if (!json || text.length > 200_000) return undefined;
  return bodyFault(schemas, operation, status, () => JSON.parse(text) as unknown);
}

function bodyFault(schemas: Schemas, operation: Operation | undefined, status: number, body: () => unknown) {
  if (operation?.answers.has(status)) return schemas.mismatch(operation, status, body);
  if (operation && !BEFORE_ROUTES.has(status)) return `status ${status} is not documented`;
  return status < 400 || isRefusal(schemas, body) ? undefined : `status ${status}: not the shape of a refusal`;
}

function isRefusal(schemas: Schemas, body: () => unknown): boolean {
  try {
    const value = body();
    return SHAPES.some((shape) => schemas.fits(`#/components/schemas/${shape}`, value));
  } catch {
    return false;
  }
}
