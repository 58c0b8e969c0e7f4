import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';

/** A token as the table knows it. */
export interface SessionRow {
  readonly id: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
}

/** A token, and how it ended. */
export interface TokenState extends SessionRow {
  readonly ended: boolean;
  /** Seconds since another token took its place; null when none did. */
  readonly replacedFor: number | null;
}

const COLUMNS = 'id, issued_at as "issuedAt", expires_at as "expiresAt"';
const ADD = `
  insert into sessions (id, user_id, issued_at, expires_at, login_session_id) values ($1, $2, $3, $4, $5)`;
const LOGIN_OF = `
  select id, login_session_id as "loginSessionId" from sessions where id = $1 and user_id = $2`;
const STATE = `
  select ${COLUMNS}, ended_at is not null as ended,
    extract(epoch from clock_timestamp() - replaced_at)::float8 as "replacedFor"
  from sessions where id = $1`;
const CURRENT = `
  select ${COLUMNS} from sessions
  where login_session_id = $1 and ended_at is null and expires_at > now()
  order by issued_at desc, expires_at desc limit 1`;
// Of several at once, one ends it.
const END = `
  update sessions set ended_at = now() where id = $1 and user_id = $2 and ended_at is null returning ${COLUMNS}`;
const REPLACE = `
  update sessions set ended_at = now(), replaced_at = clock_timestamp() where id = $1 returning ${COLUMNS}`;
const END_OF_LOGIN = `
  update sessions set ended_at = now()
  where login_session_id = $1 and ended_at is null and expires_at > now() returning ${COLUMNS}`;
const END_ALL = `
  update sessions set ended_at = now()
  where user_id = $1 and ended_at is null and expires_at > now() and id is distinct from $2::uuid
  returning ${COLUMNS}`;

/** The tokens that were handed out. */
@Injectable()
export class Sessions {
  constructor(private readonly transactions: Transactions) {}

  async add(userId: number, loginSessionId: number, { id, issuedAt, expiresAt }: SessionRow): Promise<void> {
    await this.transactions.query(ADD, [id, userId, issuedAt, expiresAt, loginSessionId], 'sessions.add');
  }

  /** The session that a token belongs to; nothing for a token that is not the user's. */
  loginOf(id: string, userId: number): Promise<{ loginSessionId: number | null } | undefined> {
    return this.transactions.first<{ loginSessionId: number | null }>(LOGIN_OF, [id, userId], 'sessions.login-of');
  }

  state(id: string): Promise<TokenState | undefined> {
    return this.transactions.first<TokenState>(STATE, [id], 'sessions.state');
  }

  /** The token that works now. */
  current(loginSessionId: number): Promise<SessionRow | undefined> {
    return this.transactions.first<SessionRow>(CURRENT, [loginSessionId], 'sessions.current');
  }

  /** The token that ended, unless it had before. */
  end(id: string, userId: number): Promise<SessionRow | undefined> {
    return this.transactions.first<SessionRow>(END, [id, userId], 'sessions.end');
  }

  /** Ends a token because another one takes its place. */
  replace(id: string): Promise<SessionRow | undefined> {
    return this.transactions.first<SessionRow>(REPLACE, [id], 'sessions.replace');
  }

  endOfLogin(loginSessionId: number): Promise<SessionRow[]> {
    return this.transactions.query<SessionRow>(END_OF_LOGIN, [loginSessionId], 'sessions.end-of-login');
  }

  endAll(userId: number, except?: string): Promise<SessionRow[]> {
    return this.transactions.query<SessionRow>(END_ALL, [userId, except ?? null], 'sessions.end-all');
  }
}
