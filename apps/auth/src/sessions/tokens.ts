import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { type Caller, type FreshToken, type LoginMethod, Refusal, type TokenClaims } from '@open-cpo/contracts';
import { Transactions } from '@open-cpo/persistence';
import { AuthConfig } from '../config';
import { SigningKeys } from '../keys/signing-keys';
import { deviceOf } from '../users/device-family';
import { USER_TYPE } from '../users/user-type';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { LoginSessions } from './login-sessions.repository';
import { type SessionRow, Sessions } from './sessions.repository';

export interface IssuedToken extends FreshToken {
  /** The token's `jti`. */
  readonly id: string;
}

type Credentials = Pick<UserRow, 'id' | 'accountId' | 'credentialVersion'>;

const SECOND_MS = 1000;

/** Hands out tokens. Part of the current transaction: a token that is not in the table cannot be ended. */
@Injectable()
export class Tokens {
  constructor(
    private readonly config: AuthConfig,
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly users: Users,
    private readonly logins: LoginSessions,
    private readonly sessions: Sessions,
    private readonly transactions: Transactions,
  ) {}

  /**
   * The first token of a new session. `user` is as it was when the proof was checked: with other credentials by now
   * nothing is issued, and until the transaction ends they cannot change.
   * @throws Refusal `credentials_rejected`
   */
  async begin({ id: userId, accountId, credentialVersion }: Credentials, method: LoginMethod, caller: Caller) {
    if (!(await this.users.holdCredentials(userId, credentialVersion))) throw new Refusal('credentials_rejected');
    const session = { userId, method, device: deviceOf(caller), address: caller.ip ?? null, credentialVersion };
    // A login has no caller whose account a write is known to belong to.
    this.transactions.shownAtOnce(accountId);
    const begun = await this.logins.begin(session, this.config.sessionLifetimeSeconds);
    return this.issue(userId, begun);
  }

  /** A further token of a session that is locked. */
  async issue(userId: number, login: { readonly id: number; readonly endsAt: Date }): Promise<IssuedToken> {
    const iat = Math.floor(Date.now() / SECOND_MS);
    const last = Math.floor(login.endsAt.getTime() / SECOND_MS);
    const exp = Math.max(iat + 1, Math.min(iat + this.config.tokenTtlSeconds, last));
    const row = { id: randomUUID(), issuedAt: new Date(iat * SECOND_MS), expiresAt: new Date(exp * SECOND_MS) };
    await this.sessions.add(userId, login.id, row);
    return this.signed(userId, row);
  }

  /** A token that is in the table, signed (again): the same claims, and so the same token for revocations. */
  async signed(userId: number, { id, issuedAt, expiresAt }: SessionRow): Promise<IssuedToken> {
    const [iat, exp] = [issuedAt, expiresAt].map((moment) => Math.floor(moment.getTime() / SECOND_MS)) as [
      number,
      number,
    ];
    const data = { user_id: userId, user_type: USER_TYPE };
    const claims: TokenClaims = { iss: this.config.issuer, iat, exp, jti: id, data };
    const { signing, kid } = this.keys.current;
    const options = { algorithm: 'ES256', keyid: kid, privateKey: signing } as const;
    return { id, access_token: await this.jwt.signAsync(claims, options), expires_in: exp - iat };
  }
}
