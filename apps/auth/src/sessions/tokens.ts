import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { FreshToken, TokenClaims } from '@open-cpo/contracts';
import { AuthConfig } from '../config';
import { SigningKeys } from '../keys/signing-keys';
import { USER_TYPE } from '../users/user-type';
import { Sessions } from './sessions.repository';

export interface IssuedToken extends FreshToken {
  /** The token's `jti`. */
  readonly id: string;
}

/** Hands out tokens. */
@Injectable()
export class Tokens {
  constructor(
    private readonly config: AuthConfig,
    private readonly jwt: JwtService,
    private readonly keys: SigningKeys,
    private readonly sessions: Sessions,
  ) {}

  /** Part of the current transaction: a token that is not in the table cannot be ended. */
  async issue(userId: number): Promise<IssuedToken> {
    const { issuer: iss, tokenTtlSeconds: ttl } = this.config;
    const iat = Math.floor(Date.now() / 1000);
    const claims: TokenClaims = {
      iss,
      iat,
      exp: iat + ttl,
      jti: randomUUID(),
      data: { user_id: userId, user_type: USER_TYPE },
    };
    const { signing, kid } = this.keys.current;
    const id = claims.jti;
    await this.sessions.add(userId, { id, issuedAt: new Date(iat * 1000), expiresAt: new Date(claims.exp * 1000) });
    const options = { algorithm: 'ES256', keyid: kid, privateKey: signing } as const;
    return { id, access_token: await this.jwt.signAsync(claims, options), expires_in: ttl };
  }
}
