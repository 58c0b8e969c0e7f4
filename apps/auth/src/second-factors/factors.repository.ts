import { Injectable } from '@nestjs/common';
import type { LoginMethod } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import type { FactorState } from './factor-state';

const STATE = `
  select (select confirmed_at from totp_factors where user_id = $1) as "totpSince",
    (select count(*)::int from passkeys where user_id = $1) as passkeys,
    (select count(*)::int from recovery_codes where user_id = $1 and used_at is null) as "recoveryCodesLeft",
    (select a.second_factor_required from accounts a join users u on u.account_id = a.id where u.id = $1) as required`;
const SECRET = 'select secret, confirmed_at as "confirmedAt" from totp_factors where user_id = $1';
// A secret that was never confirmed gives way to the next.
const PROPOSE = `
  insert into totp_factors (user_id, secret) values ($1, $2)
  on conflict (user_id) do update set secret = excluded.secret, last_step = 0, created_at = now()
  where totp_factors.confirmed_at is null`;
const ACCEPT =
  'update totp_factors set last_step = $2, secret = $3 where user_id = $1 and last_step < $2 returning user_id';
const CONFIRM = 'update totp_factors set confirmed_at = now() where user_id = $1';
const REMOVE = 'delete from totp_factors where user_id = $1 and confirmed_at is not null returning user_id';
const REMOVE_ALL = ['totp_factors', 'passkeys', 'recovery_codes'].map(
  (table) => `delete from ${table} where user_id = $1`,
);
const LOGIN_METHOD = `
  select l.method from sessions s join login_sessions l on l.id = s.login_session_id
  where s.id = $1::uuid and s.user_id = $2`;
const ADD_CODES = 'insert into recovery_codes (user_id, code_hash) select $1, unnest($2::bytea[])';
const REMOVE_CODES = 'delete from recovery_codes where user_id = $1';
const USE_CODE = `
  update recovery_codes set used_at = now() where user_id = $1 and code_hash = $2 and used_at is null returning id`;

/** The tables of second factors. */
@Injectable()
export class FactorTables {
  constructor(private readonly transactions: Transactions) {}

  async state(userId: number): Promise<FactorState> {
    const found = await this.transactions.first<FactorState>(STATE, [userId], 'second-factors.state');
    return found ?? { totpSince: null, passkeys: 0, recoveryCodesLeft: 0, required: false };
  }

  /** The sealed secret of an authenticator app, confirmed or not. */
  totp(userId: number): Promise<{ secret: Buffer; confirmedAt: Date | null } | undefined> {
    return this.transactions.first<{ secret: Buffer; confirmedAt: Date | null }>(SECRET, [userId]);
  }

  async proposeTotp(userId: number, secret: Buffer): Promise<void> {
    await this.transactions.query(PROPOSE, [userId, secret]);
  }

  /** How the session of a token began. */
  async loginMethod(token: string | undefined, userId: number): Promise<LoginMethod | undefined> {
    const values = [token ?? null, userId];
    return (await this.transactions.first<{ method: LoginMethod }>(LOGIN_METHOD, values))?.method;
  }

  /** False when the code of this step, or a later one, was accepted before. The secret is sealed with the key of today. */
  async acceptStep(userId: number, step: number, secret: Buffer): Promise<boolean> {
    return (await this.transactions.query(ACCEPT, [userId, step, secret], 'totp.accept-step')).length > 0;
  }

  async confirmTotp(userId: number): Promise<void> {
    await this.transactions.query(CONFIRM, [userId]);
  }

  /** False when there was none. */
  async removeTotp(userId: number): Promise<boolean> {
    return (await this.transactions.query(REMOVE, [userId])).length > 0;
  }

  /** Every second factor, and the recovery codes. */
  async removeAll(userId: number): Promise<void> {
    for (const statement of REMOVE_ALL) await this.transactions.query(statement, [userId]);
  }

  async replaceRecoveryCodes(userId: number, hashes: readonly Buffer[]): Promise<void> {
    await this.transactions.query(REMOVE_CODES, [userId]);
    if (hashes.length > 0) await this.transactions.query(ADD_CODES, [userId, hashes]);
  }

  /** False when there is no such code, or it was used. */
  async useRecoveryCode(userId: number, hash: Buffer): Promise<boolean> {
    return (await this.transactions.query(USE_CODE, [userId, hash], 'recovery-codes.use')).length > 0;
  }
}
