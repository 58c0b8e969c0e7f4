import { Injectable } from '@nestjs/common';
import type { LoginMethod } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';

/** Sessions that a list shows. */
const LISTED = 100;
const BEGIN = `
  insert into login_sessions (user_id, method, device, address, credential_version, ends_at)
  values ($1, $2, $3, $4, $5, now() + $6 * interval '1 second') returning id, ends_at as "endsAt"`;
const LOCK = `
  select id, user_id as "userId", credential_version as "credentialVersion", ends_at as "endsAt",
    ended_at is not null or ends_at <= now() as over,
    last_used_at < now() - $2 * interval '1 second' as idle
  from login_sessions where id = $1 for update`;
const ADOPT = 'update sessions set login_session_id = $2 where id = $1';
const USED = 'update login_sessions set last_used_at = now() where id = $1';
// Exact to the minute: of many requests, one writes.
const USED_BY_TOKENS = `
  update login_sessions l set last_used_at = now()
  from sessions s where s.id = any($1::uuid[]) and s.login_session_id = l.id and l.ended_at is null
    and l.last_used_at < now() - interval '1 minute'`;
const END = `
  update login_sessions set ended_at = now() where id = $1 and user_id = $2 and ended_at is null returning id`;
const END_OTHERS = `
  update login_sessions set ended_at = now()
  where user_id = $1 and ended_at is null
    and id is distinct from (select login_session_id from sessions where id = $2::uuid)`;
const KEEP = `
  update login_sessions set credential_version = $2
  where id = (select login_session_id from sessions where id = $1::uuid)`;
const LIVE = `
  select l.id, l.method, l.device, l.address, l.started_at as "startedAt", l.last_used_at as "lastUsedAt",
    t.id as token, t.expires_at as "expiresAt"
  from login_sessions l
    join lateral (
      select s.id, s.expires_at from sessions s
      where s.login_session_id = l.id and s.ended_at is null and s.expires_at > now()
      order by s.expires_at desc limit 1) t on true
  where l.user_id = $1 and l.ended_at is null and l.ends_at > now()
  order by l.last_used_at desc, l.id desc limit ${LISTED}`;
const IDLE = `
  select id, user_id as "userId" from login_sessions
  where ended_at is null and last_used_at < now() - $1 * interval '1 second'
  order by last_used_at limit $2 for update skip locked`;

/** A login as it begins. */
export interface NewLoginSession {
  readonly userId: number;
  readonly method: LoginMethod;
  readonly device: string;
  readonly address: string | null;
  readonly credentialVersion: number;
}

export interface LockedLoginSession {
  readonly id: number;
  readonly userId: number;
  readonly credentialVersion: number;
  readonly endsAt: Date;
  /** Ended, or past its absolute end. */
  readonly over: boolean;
  /** Not used for longer than allowed. */
  readonly idle: boolean;
}

export interface LiveLoginSession {
  readonly id: number;
  readonly method: LoginMethod;
  readonly device: string;
  readonly address: string | null;
  readonly startedAt: Date;
  readonly lastUsedAt: Date;
  /** Id of its current token. */
  readonly token: string;
  readonly expiresAt: Date;
}

/** The table of sessions, each of which begins with a login. Locks are taken in the order user, session, token. */
@Injectable()
export class LoginSessions {
  constructor(private readonly transactions: Transactions) {}

  async begin(session: NewLoginSession, lifetimeSeconds: number): Promise<{ id: number; endsAt: Date }> {
    const { userId, method, device, address, credentialVersion } = session;
    const values = [userId, method, device, address, credentialVersion, lifetimeSeconds];
    const row = await this.transactions.first<{ id: number; endsAt: Date }>(BEGIN, values, 'login-sessions.begin');
    if (!row) throw new Error('The session was not stored.');
    return row;
  }

  /** Nothing else renews or ends it until the transaction ends. */
  lock(id: number, idleSeconds: number): Promise<LockedLoginSession | undefined> {
    return this.transactions.first<LockedLoginSession>(LOCK, [id, idleSeconds], 'login-sessions.lock');
  }

  /** Gives a token that has none its session: one that an earlier version issued. */
  async adopt(token: string, id: number): Promise<void> {
    await this.transactions.query(ADOPT, [token, id]);
  }

  async used(id: number): Promise<void> {
    await this.transactions.query(USED, [id], 'login-sessions.used');
  }

  async usedByTokens(tokens: readonly string[]): Promise<void> {
    await this.transactions.query(USED_BY_TOKENS, [tokens], 'login-sessions.used-by-tokens');
  }

  /** False when it had ended before, or is somebody else's. */
  async end(id: number, userId: number): Promise<boolean> {
    return (await this.transactions.query(END, [id, userId], 'login-sessions.end')).length > 0;
  }

  /** All of a user but the one that the token belongs to. */
  async endOthers(userId: number, token?: string): Promise<void> {
    await this.transactions.query(END_OTHERS, [userId, token ?? null], 'login-sessions.end-others');
  }

  /** The session of a token goes on although the credentials changed. */
  async keep(token: string, credentialVersion: number): Promise<void> {
    await this.transactions.query(KEEP, [token, credentialVersion]);
  }

  /** Those with a token that works, the latest used first. */
  live(userId: number): Promise<LiveLoginSession[]> {
    return this.transactions.query<LiveLoginSession>(LIVE, [userId], 'login-sessions.live');
  }

  /** Some that were not used for so long, locked. */
  idle(idleSeconds: number, most: number): Promise<{ id: number; userId: number }[]> {
    return this.transactions.query<{ id: number; userId: number }>(IDLE, [idleSeconds, most]);
  }
}
