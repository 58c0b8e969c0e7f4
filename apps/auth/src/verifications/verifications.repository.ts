import { Injectable } from '@nestjs/common';
import { columnsOf, type RowOf, Transactions } from '@open-cpo/persistence';
import { type Purpose, Verification } from './verification.entity';
import type { Begun } from './verification.rules';

const COLUMNS = columnsOf(
  Verification,
  'verifications',
  'id purpose email registrationId userId invitationId attempts sent',
  'resendAt expiresAt usedAt fromKnownNetwork login',
);
const LOCK_EMAIL = `select pg_advisory_xact_lock(hashtextextended('verifications ' || $1, 0))`;
const OF_TODAY = `
  select count(*) filter (where network = $3)::int as own,
    extract(epoch from now() - max(created_at) filter (where network = $3))::float8 as "ownAge",
    count(*) filter (where not from_known_network)::int as strangers,
    extract(epoch from now() - max(created_at) filter (where not from_known_network))::float8 as "strangersAge"
  from verifications where email = $1 and purpose = $2 and created_at > now() - interval '1 day'`;
const ADD = `
  insert into verifications
    (purpose, email, token_hash, code_hash, registration_id, user_id, invitation_id, attempts, resend_at, expires_at,
      network, from_known_network)
  values ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 second', now() + $10 * interval '1 minute', $11, $12)
  returning ${COLUMNS}`;
// Nothing is sent, and so nothing is sent again before it ends.
const ADD_PENDING_LOGIN = `
  insert into verifications (purpose, email, token_hash, code_hash, user_id, attempts, resend_at, expires_at, login)
  values ('second-factor', $1, $2, $3, $4, $5, now() + $6 * interval '1 minute', now() + $6 * interval '1 minute', $7)
  returning ${COLUMNS}`;
// Of many guesses at once each waits for the row and finds what is left of it.
const SPEND = `
  update verifications set attempts = attempts - 1
  where id = $1 and attempts > 0 and used_at is null and expires_at > now() returning ${COLUMNS}`;
const USE = 'update verifications set used_at = now() where id = $1';
const BY_TOKEN = `select ${COLUMNS} from verifications where token_hash = $1 and purpose = $2`;
const LOCK_BY_TOKEN = `
  select ${COLUMNS} from verifications where token_hash = $1 and purpose = any($2::text[]) for update`;
const RENEW = `
  update verifications set code_hash = $2, attempts = $3, sent = sent + 1,
    resend_at = now() + $4 * interval '1 second', expires_at = now() + $5 * interval '1 minute'
  where id = $1
  returning ${COLUMNS}`;
// One statement: many guesses at once wait for each other's row and find what is left of it.
const GUESS = `
  update verifications set attempts = attempts - 1, used_at = case when code_hash = $3 then now() end
  where token_hash = $1 and purpose = $2 and attempts > 0 and used_at is null and expires_at > now()
  returning ${COLUMNS}`;

export type VerificationRow = RowOf<typeof COLUMNS>;

export type NewVerification = Pick<
  Verification,
  | 'purpose'
  | 'email'
  | 'tokenHash'
  | 'codeHash'
  | 'registrationId'
  | 'userId'
  | 'invitationId'
  | 'attempts'
  | 'network'
  | 'fromKnownNetwork'
>;

/** A login that waits for a second factor. */
export type NewPendingLogin = Pick<Verification, 'email' | 'tokenHash' | 'codeHash' | 'userId' | 'attempts' | 'login'>;

/** The table of verifications; times are the database's. */
@Injectable()
export class VerificationTable {
  constructor(private readonly transactions: Transactions) {}

  /** How many began for the address within a day, and from where. Others wait. */
  async ofToday(email: string, purpose: Purpose, network: Buffer): Promise<Begun> {
    await this.transactions.query(LOCK_EMAIL, [email]);
    const found = await this.transactions.first<Begun>(OF_TODAY, [email, purpose, network]);
    return found ?? { own: 0, ownAge: null, strangers: 0, strangersAge: null };
  }

  async add(v: NewVerification, wait: number, lifetime: number): Promise<VerificationRow> {
    const values = [v.purpose, v.email, v.tokenHash, v.codeHash, v.registrationId, v.userId];
    return this.one(ADD, [...values, v.invitationId, v.attempts, wait, lifetime, v.network, v.fromKnownNetwork]);
  }

  /** A login that waits for a second factor. */
  addPendingLogin(v: NewPendingLogin, lifetime: number): Promise<VerificationRow> {
    const { email, tokenHash, codeHash, userId, attempts, login } = v;
    return this.one(ADD_PENDING_LOGIN, [email, tokenHash, codeHash, userId, attempts, lifetime, JSON.stringify(login)]);
  }

  /** Spends an attempt; nothing when there was none to spend. */
  spend(id: number): Promise<VerificationRow | undefined> {
    return this.transactions.first<VerificationRow>(SPEND, [id], 'verifications.spend');
  }

  async use(id: number): Promise<void> {
    await this.transactions.query(USE, [id], 'verifications.use');
  }

  byToken(tokenHash: Buffer, purpose: Purpose): Promise<VerificationRow | undefined> {
    return this.transactions.first<VerificationRow>(BY_TOKEN, [tokenHash, purpose], 'verifications.by-token');
  }

  /** The same, locked until the transaction ends. */
  lockByToken(tokenHash: Buffer, purposes: readonly Purpose[]): Promise<VerificationRow | undefined> {
    return this.transactions.first<VerificationRow>(LOCK_BY_TOKEN, [tokenHash, purposes]);
  }

  renew(id: number, codeHash: Buffer, attempts: number, wait: number, lifetime: number): Promise<VerificationRow> {
    return this.one(RENEW, [id, codeHash, attempts, wait, lifetime]);
  }

  /** Spends an attempt; nothing when there was none to spend. `usedAt` shows whether the code was right. */
  guess(tokenHash: Buffer, purpose: Purpose, codeHash: Buffer): Promise<VerificationRow | undefined> {
    return this.transactions.first<VerificationRow>(GUESS, [tokenHash, purpose, codeHash], 'verifications.guess');
  }

  private async one(text: string, values: (string | number | boolean | Buffer | null)[]): Promise<VerificationRow> {
    const row = await this.transactions.first<VerificationRow>(text, values);
    if (!row) throw new Error('The verification has gone.');
    return row;
  }
}
