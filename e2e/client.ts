import { randomUUID } from 'node:crypto';
import { ApiError, type Client, type ClientOptions, createClient, unwrap } from '@open-cpo/client';
import { environment } from '@open-cpo/platform';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the client of tools and journeys, which no app uses
import { HttpClient, OWNER } from '../tools/http/client';
// eslint-disable-next-line @nx/enforce-module-boundaries -- as above
import { exchange, type HttpResponse } from '../tools/http/exchange';

/** Where the running system is; `npm test` starts it and says so. */
export const place = (name: string): string => {
  const url = environment()[name];
  if (!url) throw new Error(`${name} is not set: journeys run against the whole system, started by npm test.`);
  return url;
};

/** A response, and its JSON. */
export interface Answer extends Pick<HttpResponse, 'status' | 'headers' | 'text'> {
  readonly bytes: Buffer;
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown;
}

export interface Sent {
  readonly token?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** Sends one request through the gateway, with compression as browsers ask for it. */
export async function send(method: string, path: string, { token, body, headers = {} }: Sent = {}): Promise<Answer> {
  const all: Record<string, string> = { accept: '*/*', 'accept-encoding': 'gzip, deflate', ...headers };
  if (token) all.authorization ??= `Bearer ${token}`;
  if (body !== undefined) all['content-type'] ??= 'application/json';
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const response = await exchange(place('TEST_GATEWAY_URL') + path, { method, headers: all, body: text });
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const { status, text: received, body: bytes } = response;
  return { status, headers: response.headers, text: received, bytes, body: isJson ? response.json() : undefined };
}

/** A value deep in an answer: `at(answer, 'data', 'access_token')`. */
export const at = <T>(answer: Answer, ...path: (string | number)[]): T =>
  path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], answer.body) as T;

/** A new address. */
export const newAddress = (): string => `${randomUUID().slice(0, 8)}@journey.test`;

interface Mail {
  readonly subject: string;
  readonly text: string;
}

/** The newest mail to an address with such a subject, as soon as it has arrived; `after` of them were there before. */
export async function mailTo(address: string, after = 0, about = /^/): Promise<Mail> {
  for (;;) {
    const response = await exchange(`${place('TEST_INBOX_URL')}/api/messages?to=${encodeURIComponent(address)}`);
    const mails = (response.json<Mail[]>() ?? []).filter(({ subject }) => about.test(subject));
    if (mails.length > after && mails[0]) return mails[0];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The four digits in a mail. */
export const codeIn = ({ text }: Mail): string => /\b\d{4}\b/.exec(text)?.[0] ?? '';

export const PASSWORD = 'a long enough password';

/** The client that integrators use, as they get it; what is refused is not tried again. */
export const api = (token?: string, more: Partial<ClientOptions> = {}): Client =>
  createClient({ baseUrl: place('TEST_GATEWAY_URL'), token, retries: 0, ...more });

/** The status of an answer, and the code where it was refused. */
export async function verdict(asked: Promise<unknown>): Promise<[number, string?]> {
  try {
    await asked;
    return [200];
  } catch (error) {
    if (error instanceof ApiError) return [error.status, error.code];
    throw error;
  }
}

/** What people enter when they register. */
export const registration = (email: string) => ({
  email,
  password: PASSWORD,
  first_name: 'Amina',
  last_name: 'Haddad',
  country_id: 195,
});

/** A new owner with a verified address. */
export async function newOwner(email = newAddress()): Promise<{ email: string; token: string }> {
  const { data } = await unwrap(api().POST('/api/v3/auth/register', { body: registration(email) }));
  const verification_code = codeIn(await mailTo(email));
  const body = { verification_token: data.verification_token, verification_code };
  const verified = await unwrap(api().POST('/api/v3/auth/email/verify', { body }));
  return { email, token: verified.data.access_token };
}

/** Logs a demo user in. */
export const demoUser = (name: 'owner' | 'rival' | 'viewer'): Promise<string> =>
  HttpClient.tokenOf(place('TEST_GATEWAY_URL'), { ...OWNER, email: `${name}@demo.test` });
