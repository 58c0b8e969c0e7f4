import type { LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import type { LookupFunction } from 'node:net';
import { isTarget, targetProblem } from '@open-cpo/platform';
import { addressesOf, NoAddress } from './host-addresses';

/** What came of one try. */
export interface Sent {
  readonly response_status?: number;
  /** Why it counts as failed, in words for the owner. */
  readonly error?: string;
  /** False: for a reason of our own the endpoint was not asked. It counts as no try. */
  readonly tried?: false;
}

export interface Message {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface SendingOptions {
  /** Whether this machine may be reached, for tests and development. */
  readonly local: boolean;
  /** Milliseconds for everything: name, connection, answer. */
  readonly patience: number;
}

const NOT_PUBLIC = 'The address is not public.';
/** This machine has no sockets, memory or network left. */
const OUR_OWN = ['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'ENETDOWN'];
/** Milliseconds after its deadline from which on a try was cut off by a process that was late, not by the endpoint. */
const LATE_MS = 2000;

/**
 * Sends one message to an address that a stranger has chosen. The name is resolved once and the connection made to the
 * very addresses that were judged, so that a name cannot lead elsewhere in between; no redirect is followed; and of what
 * comes back nothing is read but the status.
 */
export async function sendMessage(message: Message, { local, patience }: SendingOptions): Promise<Sent> {
  if (targetProblem(message.url, local)) return { error: NOT_PUBLIC };
  const begun = performance.now();
  try {
    const status = await post(message, local, AbortSignal.timeout(patience));
    if (status >= 200 && status < 300) return { response_status: status };
    return { response_status: status, error: verdictOn(status) };
  } catch (error) {
    const late = performance.now() - begun > patience + LATE_MS;
    const words = wordsFor(error as NodeJS.ErrnoException, patience);
    return late || isOurOwn(error as NodeJS.ErrnoException) ? { error: words, tried: false } : { error: words };
  }
}

const isOurOwn = (error: NodeJS.ErrnoException): boolean =>
  error instanceof NoAddress ? error.why === 'not-asked' : OUR_OWN.includes(error.code ?? '');

function post({ url, headers, body }: Message, local: boolean, signal: AbortSignal): Promise<number> {
  const { request } = url.startsWith('https:') ? https : http;
  const length = String(Buffer.byteLength(body));
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: 'POST',
      headers: { ...HEADERS, ...headers, 'content-length': length },
      lookup: judged(local, signal),
      // No connection is used twice: what was judged for one message is not taken for granted for the next.
      agent: false,
      maxHeaderSize: 16 * 1024,
      signal,
    });
    asked.once('response', (response) => {
      response.once('error', () => undefined);
      response.destroy();
      resolve(response.statusCode ?? 0);
    });
    asked.once('error', reject);
    asked.end(body);
  });
}

const HEADERS = { 'content-type': 'application/json', 'user-agent': 'open-cpo-webhooks/1', accept: '*/*' };

class NotPublic extends Error {}

/** Resolves a name to addresses that all may be reached, or to none: one bad address spoils the name. */
const judged =
  (local: boolean, signal: AbortSignal): LookupFunction =>
  (hostname, options, answer) => {
    const judge = (addresses: LookupAddress[]): void => {
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isTarget(address, local))) return answer(new NotPublic(), '', 0);
      if (options.all) return answer(null, addresses);
      answer(null, first.address, first.family);
    };
    addressesOf(hostname, signal).then(judge, (error: Error) => answer(error, '', 0));
  };

const verdictOn = (status: number): string =>
  status >= 300 && status < 400 ? 'A redirect was answered, and is not followed.' : `The endpoint answered ${status}.`;

const WORDS: Record<string, string> = {
  ECONNREFUSED: 'The connection was refused.',
  HPE_HEADER_OVERFLOW: 'The answer was too large.',
};

function wordsFor(error: NodeJS.ErrnoException, patience: number): string {
  if (error instanceof NotPublic) return NOT_PUBLIC;
  if (error instanceof NoAddress)
    return error.why === 'unknown' ? 'The host is not known.' : 'The host is not known at the moment.';
  if (error.name === 'AbortError' || error.name === 'TimeoutError')
    return `No answer came within ${patience / 1000} seconds.`;
  const { code = '' } = error;
  if (/CERT|TLS|SSL|ALTNAME|SELF_SIGNED|UNABLE_TO/.test(code)) return 'The certificate cannot be trusted.';
  return WORDS[code] ?? 'The connection broke.';
}
