import { environment } from '@open-cpo/platform';
import { type Answer, at, codeIn, mailTo, newAddress, PASSWORD, registration, send, type Sent } from '../client';
import type { Described } from './described';

export type Ask = (method: string, path: string, sent?: Sent) => Promise<Answer>;

/** A user who asks with a token and, where keys are tested, with a key of the account as well. */
export interface Person {
  readonly email: string;
  readonly token: string;
  /** Sends a request that is to succeed. @throws Error when it does not */
  readonly ask: Ask;
}

/** People whose every answer is held against the document; with an `API-KEY` beside each token, or without. */
export class People {
  constructor(
    readonly described: Described,
    private readonly withKeys: boolean,
  ) {}

  /** A request whose answer may be anything that the document says. */
  readonly try: Ask = async (method, path, sent) => {
    const answer = await send(method, path, sent);
    this.described.check(method, path, answer);
    if (answer.status !== 503) return answer;
    // A busy machine: nothing was done.
    await new Promise((resolve) => setTimeout(resolve, 1000 * Number(answer.headers.get('retry-after') ?? 1)));
    return this.try(method, path, sent);
  };

  /** A request that is to succeed. */
  readonly ask: Ask = async (method, path, sent) => {
    const answer = await this.try(method, path, sent);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer;
  };

  as(email: string, token: string, key?: string): Person {
    const identity: Record<string, string> = key === undefined ? {} : { 'api-key': key };
    const ask: Ask = (method, path, { headers, ...sent } = {}) =>
      this.ask(method, path, { token, ...sent, headers: { ...identity, ...headers } });
    return { email, token, ask };
  }

  /** A new owner with an account of their own. */
  async owner(): Promise<Person> {
    const email = newAddress();
    const { verification_token, code } = await this.registered(email);
    const body = { verification_token, verification_code: code };
    return this.keyed(email, await this.ask('POST', '/api/v3/auth/email/verify', { body }));
  }

  /** A user who has logged in, with a key of theirs where keys are sent. */
  async keyed(email: string, login: Answer): Promise<Person> {
    const token = at<string>(login, 'data', 'access_token');
    if (!this.withKeys) return this.as(email, token);
    const made = await this.ask('POST', '/api/api-keys', { token, body: { name: 'Integration' } });
    return this.as(email, token, at<string>(made, 'results', 'key'));
  }

  async registered(email: string): Promise<{ verification_token: string; code: string }> {
    const answer = await this.ask('POST', '/api/v3/auth/register', { body: registration(email) });
    return { verification_token: at<string>(answer, 'data', 'verification_token'), code: codeIn(await mailTo(email)) };
  }

  /** A user without a login who was invited; keys are of the account's owner. */
  async newcomer(owner: Person, role: string, key?: string): Promise<Person> {
    const email = newAddress();
    await owner.ask('POST', '/api/members', { body: { email, role } });
    const body = { invitation_token: invitationIn((await mailTo(email)).text), password: PASSWORD };
    const accepted = await this.ask('POST', '/api/v3/auth/invitations/accept', { body });
    return this.as(email, at<string>(accepted, 'data', 'access_token'), key);
  }

  /** A key of an owner's account, for other members of it. */
  async keyOf(owner: Person): Promise<string | undefined> {
    if (!this.withKeys) return undefined;
    const made = await owner.ask('POST', '/api/api-keys', { body: { name: 'For members' } });
    return at<string>(made, 'results', 'key');
  }
}

export const invitationIn = (text: string): string => /\/invitations\/([\w-]{40})/.exec(text)?.[1] ?? '';

/** Where passkeys are for: the address that the platform's pages have. */
export const ORIGIN = `http://localhost:${new URL(environment().TEST_GATEWAY_URL ?? 'http://localhost').port}`;
