import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Role } from '@open-cpo/contracts';
import type { Client as Database } from 'pg';
import { exchange } from '../../http/exchange';
import type { Tally } from '../report/tally';
import { type Answer, type Client, HANG_TIMEOUT_MS } from '../sending/client';
import { withClient } from '../environment/databases';

/** That of the demo owner, whose hash new users get. */
export const PASSWORD = 'Charge-2026!';
const RESET_SUBJECT = 'Your code for a new password';
const POLL_INTERVAL_MS = 200;
/** Milliseconds; a mail waits behind all others. */
const MAIL_GUARD_MS = 540_000;

/** Where sequences of requests are sent to. */
export interface SequenceTarget {
  readonly clients: readonly [Client, Client];
  /** Of auth. */
  readonly database: string;
  readonly inbox: string;
  readonly address: () => string;
  readonly tally: Tally;
}

export interface Somebody {
  readonly id: number;
  readonly email: string;
}

/** An account of its own for one sequence, with users who have the same password. */
export class AccountUnderAttack {
  private constructor(
    readonly attacked: SequenceTarget,
    readonly id: number,
  ) {}

  static async create(attacked: SequenceTarget): Promise<AccountUnderAttack> {
    const id = await withClient(attacked.database, (database) =>
      inserted(
        database,
        'insert into accounts (country_id, currency) select country_id, currency from accounts limit 1',
      ),
    );
    return new AccountUnderAttack(attacked, id);
  }

  async user(role: Role): Promise<Somebody> {
    const email = `${role}-${randomInt(1e12)}@attack.test`;
    const id = await withClient(this.attacked.database, (database) =>
      inserted(
        database,
        `insert into users (account_id, email, password_hash, role, status, first_name, last_name)
         select $1, $2, password_hash, $3, 'active', 'A', 'B' from users where email = 'owner@demo.test'`,
        [this.id, email, role],
      ),
    );
    return { id, email };
  }

  /** A token of a login by password alone. */
  async token(who: Somebody): Promise<string> {
    const { text } = await this.login(who);
    return tokenIn(text) ?? '';
  }

  login({ email }: Somebody): Promise<Answer> {
    return this.post('/api/v3/auth/login', { email, password: PASSWORD });
  }

  post(target: string, body: object, token?: string): Promise<Answer> {
    return this.send('POST', target, { token, body });
  }

  async send(
    method: string,
    target: string,
    {
      token,
      body,
      headers = {},
      gateway = 0,
    }: { token?: string; body?: object; headers?: object; gateway?: 0 | 1 } = {},
  ): Promise<Answer> {
    const { clients, address, tally } = this.attacked;
    const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {};
    const answer = await clients[gateway].sendWithRetries({
      method,
      target,
      headers: { 'x-forwarded-for': address(), ...authorization, ...type, ...headers },
      ...(body ? { body: Buffer.from(JSON.stringify(body)) } : {}),
    });
    tally.counted('sequences', answer.status);
    return answer;
  }

  /** Asks again until it is so; false when it never is. */
  async soon(is: () => Promise<boolean>, patience = HANG_TIMEOUT_MS): Promise<boolean> {
    for (const end = Date.now() + patience; Date.now() < end; await pause(POLL_INTERVAL_MS))
      if (await is()) return true;
    return false;
  }

  /** The code for a new password that an address was sent; other mails have digits as well. */
  async codeFor({ email }: Somebody): Promise<string> {
    let code = '';
    await this.soon(async () => {
      const found = await exchange(`${this.attacked.inbox}/api/messages?to=${encodeURIComponent(email)}`);
      const mails = found.json<{ subject: string; text?: string }[]>() ?? [];
      const text = mails.find(({ subject }) => subject === RESET_SUBJECT)?.text;
      code = /\b\d{4}\b/.exec(text ?? '')?.[0] ?? '';
      return code !== '';
    }, MAIL_GUARD_MS);
    return code;
  }
}

async function inserted(database: Database, text: string, values: readonly unknown[] = []): Promise<number> {
  const { rows } = await database.query<{ id: number }>(`${text} returning id`, [...values]);
  return rows[0]?.id ?? 0;
}

/** The access token of an answer. */
export const tokenIn = (text: string): string | undefined => /"access_token":"([^"]+)"/.exec(text)?.[1];
/** The token of a verification that waits. */
export const verificationIn = (text: string): string => /"verification_token":"([^"]+)"/.exec(text)?.[1] ?? '';

/** Steps that must be refused: which of them were let through. */
export class Refusals {
  private readonly through: string[] = [];
  private count = 0;

  expect(what: string, isRefused: boolean): void {
    this.count += 1;
    if (!isRefused) this.through.push(what);
  }

  conclude(name: string, tally: Tally): void {
    const { count, through } = this;
    const figures = `${count} steps, ${through.length} let through${through.map((what) => `; ${what}`).join('')}`;
    tally.checked(name, through.length === 0, figures);
  }
}
