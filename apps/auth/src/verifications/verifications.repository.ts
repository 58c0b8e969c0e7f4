import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import type { Purpose, Verification } from './verification.entity';
import type { VerificationRow } from './verification.views';

const COLUMNS = `id, purpose, email, registration_id as "registrationId", user_id as "userId",
  invitation_id as "invitationId", attempts, sent,
  resend_at as "resendAt", expires_at as "expiresAt", used_at as "usedAt"`;
const LOCK_EMAIL = `select pg_advisory_xact_lock(hashtextextended('verifications ' || $1, 0))`;
const OF_TODAY = `
  select count(*)::int as count, extract(epoch from min(created_at) + interval '1 day' - now())::int as seconds
  from verifications where email = $1 and created_at > now() - interval '1 day'`;
const ADD = `
  insert into verifications
    (purpose, email, token_hash, code_hash, registration_id, user_id, invitation_id, attempts, resend_at, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 second', now() + $10 * interval '1 minute')
  returning ${COLUMNS}`;
const BY_TOKEN = `select ${COLUMNS} from verifications where token_hash = $1 and purpose = $2`;
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

export type NewVerification = Pick<
  Verification,
  'purpose' | 'email' | 'tokenHash' | 'codeHash' | 'registrationId' | 'userId' | 'invitationId' | 'attempts'
>;

/** The table of verifications; times are the database's. */
@Injectable()
export class VerificationTable {
  constructor(private readonly transactions: Transactions) {}

  /** How many began for the address within a day, and in how many seconds that will be one less. Others wait. */
  async ofToday(email: string): Promise<{ count: number; seconds: number | null }> {
    await this.transactions.query(LOCK_EMAIL, [email]);
    const found = await this.transactions.query<{ count: number; seconds: number | null }>(OF_TODAY, [email]);
    return found[0] ?? { count: 0, seconds: null };
  }

  async add(v: NewVerification, wait: number, lifetime: number): Promise<VerificationRow> {
    const values = [v.purpose, v.email, v.tokenHash, v.codeHash, v.registrationId, v.userId];
    return this.one(ADD, [...values, v.invitationId, v.attempts, wait, lifetime]);
  }

  byToken(tokenHash: Buffer, purpose: Purpose): Promise<VerificationRow | undefined> {
    return this.transactions.first<VerificationRow>(BY_TOKEN, [tokenHash, purpose], 'verifications.by-token');
  }

  /** The same, and nobody else changes it until the transaction ends. */
  lockByToken(tokenHash: Buffer, purpose: Purpose): Promise<VerificationRow | undefined> {
    return this.transactions.first<VerificationRow>(`${BY_TOKEN} for update`, [tokenHash, purpose]);
  }

  renew(id: number, codeHash: Buffer, attempts: number, wait: number, lifetime: number): Promise<VerificationRow> {
    return this.one(RENEW, [id, codeHash, attempts, wait, lifetime]);
  }

  /** Spends an attempt; nothing when there was none to spend. `usedAt` tells whether the code was right. */
  guess(tokenHash: Buffer, purpose: Purpose, codeHash: Buffer): Promise<VerificationRow | undefined> {
    return this.transactions.first<VerificationRow>(GUESS, [tokenHash, purpose, codeHash], 'verifications.guess');
  }

  private async one(text: string, values: (string | number | Buffer | null)[]): Promise<VerificationRow> {
    const row = await this.transactions.first<VerificationRow>(text, values);
    if (!row) throw new Error('The verification has gone.');
    return row;
  }
}
