import { JwtService } from '@nestjs/jwt';
import { LRUCache } from 'lru-cache';
import type { Person, Settings } from './settings';

interface Claims {
  readonly exp: number;
  readonly data: { readonly user_id: number };
}

/** The same check of tokens for every contestant: verified once, remembered until it ends. */
export class TokenCheck {
  private readonly jwt = new JwtService({});
  private readonly known = new LRUCache<string, Claims>({ max: 20_000 });

  constructor(private readonly settings: Pick<Settings, 'tokenKey' | 'people'>) {}

  /** Who asks; nothing when that is not proven. */
  who(authorization: string | undefined): Person | undefined {
    const token = authorization?.startsWith('Bearer ') ? authorization.slice(7) : '';
    try {
      const known = this.known.get(token);
      const claims = known && known.exp * 1000 > Date.now() ? known : this.verified(token);
      return this.settings.people[claims.data.user_id];
    } catch {
      return undefined;
    }
  }

  private verified(token: string): Claims {
    const claims = this.jwt.verify<Claims>(token, { algorithms: ['ES256'], publicKey: this.settings.tokenKey });
    this.known.set(token, claims);
    return claims;
  }
}
