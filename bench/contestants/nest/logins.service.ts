import { Injectable, Logger } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { DataSource, IsNull, Not } from 'typeorm';
import { isStandIn } from '../../writes/password-stand-in';
import { ADDRESS, hashed, PAIR } from '../shared/attempts';
import { claimsOf, DEVICE, loggedIn, loginView, type LoginAsked, type LoginUser, signingKey } from '../shared/logins';
import { type Copies, POOL } from '../shared/settings';
import * as entities from './logins.entities';

const SESSION_MS = 90 * 86_400_000;

/** Login as tutorials teach it: repositories, the JWT module, a rate limiter in Redis. */
@Injectable()
export class LoginsService {
  private readonly log = new Logger('Security');
  private readonly jwt = new JwtService({});
  private readonly key = signingKey();
  private readonly pair: RateLimiterRedis;
  private readonly network: RateLimiterRedis;

  constructor(
    private readonly source: DataSource,
    { redisUrl, stream }: Copies,
  ) {
    const storeClient = new Redis(redisUrl);
    this.pair = new RateLimiterRedis({ ...PAIR, storeClient, keyPrefix: `bench:${stream}:pair` });
    this.network = new RateLimiterRedis({ ...ADDRESS, storeClient, keyPrefix: `bench:${stream}:network` });
  }

  static async open(copies: Copies): Promise<LoginsService> {
    const options = { type: 'postgres', url: copies.auth, entities: Object.values(entities), poolSize: POOL } as const;
    return new LoginsService(await new DataSource(options).initialize(), copies);
  }

  /** The answer; nothing when the login is refused. */
  async login({ email, password, address }: LoginAsked): Promise<object | undefined> {
    const pair = hashed(`${email} ${address}`);
    await this.network.consume(hashed(address));
    await this.pair.consume(pair);
    const { manager } = this.source;
    const user = await manager.findOne(entities.LoginUserEntity, {
      where: { email, status: 'active' },
      relations: { account: { currency: true, balance: true } },
    });
    if (!user || !isStandIn(user.password_hash, password) || user.account.locked_at) return undefined;
    if (await manager.existsBy(entities.Totp, { user_id: user.id, confirmed_at: Not(IsNull()) })) return undefined;
    if (await manager.existsBy(entities.Passkey, { user_id: user.id })) return undefined;
    await this.pair.delete(pair);
    await this.network.reward(hashed(address));
    const token = await this.begin(user, address);
    this.log.log(loggedIn(user, address));
    return loginView(shown(user), token);
  }

  private begin({ id, credential_version }: entities.LoginUserEntity, address: string): Promise<string> {
    return this.source.transaction(async (manager) => {
      const where = { id, credential_version, status: 'active' };
      await manager.findOneOrFail(entities.LoginUserEntity, { where, lock: { mode: 'pessimistic_read' } });
      const ends_at = new Date(Date.now() + SESSION_MS);
      const proof = { user_id: id, method: 'password', device: DEVICE, address, credential_version, ends_at };
      const session = await manager.save(manager.create(entities.LoginSession, proof));
      const claims = claimsOf(id);
      const [issued_at, expires_at] = [claims.iat, claims.exp].map((seconds) => new Date(seconds * 1000));
      const token = { id: claims.jti, user_id: id, issued_at, expires_at, login_session_id: session.id };
      await manager.save(manager.create(entities.IssuedToken, token));
      const device = { user_id: id, device: DEVICE, network: Buffer.from(hashed(address)), last_seen_at: new Date() };
      await manager.upsert(entities.KnownDevice, device, ['user_id', 'network', 'device']);
      return this.jwt.signAsync(claims, { algorithm: 'ES256', privateKey: this.key });
    });
  }
}

function shown({ account, ...user }: entities.LoginUserEntity): LoginUser {
  const { country_id, vat_id, subscription_ends, currency, balance } = account;
  const today = new Date().toISOString().slice(0, 10);
  return {
    ...user,
    country_id,
    vat_id,
    currency: currency.code,
    subscription_ends: subscription_ends !== null && subscription_ends >= today ? subscription_ends : null,
    balance_usd: balance?.balance_usd ?? '0',
    usd_rate: currency.usd_rate,
  };
}
