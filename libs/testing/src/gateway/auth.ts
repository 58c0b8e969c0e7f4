import { createPrivateKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import {
  type ApiKeyOwner,
  apiKeyRevoked,
  type DomainEvent,
  keysChanged,
  type PublicKey,
  type Role,
  type SessionRevoked,
  sessionRevoked,
  userChanged,
  type UserSnapshot,
} from '@open-cpo/contracts';
import { headers, type NatsConnection } from '@nats-io/transport-node';

/** What a token of a test says beyond the usual. */
export interface TokenOptions {
  /** Claims in place of the usual ones. */
  readonly claims?: Record<string, unknown>;
  /** Header in place of the usual one. */
  readonly header?: Record<string, unknown>;
}

const LIFE = 30 * 24 * 60 * 60;

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

interface SigningKey {
  readonly jwk: PublicKey;
  readonly pem: string;
}

function newKey(kid = randomUUID()): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid } as unknown as PublicKey;
  return { jwk, pem: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string };
}

/** Users, keys and API keys as auth knows them; a test changes them and publishes to gateways as auth does. */
export class TestAuth {
  readonly users = new Map<number, UserSnapshot>();
  readonly apiKeys = new Map<string, ApiKeyOwner>();
  /** Subjects that gateways asked for, in order. */
  readonly asked: string[] = [];
  private readonly signing: SigningKey[] = [newKey()];
  private connection?: NatsConnection;

  get keys(): PublicKey[] {
    return this.signing.map(({ jwk }) => jwk);
  }

  /** From now on tokens are signed with a new key; `forget` the old ones to refuse theirs. */
  rotateKeys({ forget = false } = {}): void {
    this.signing.unshift(newKey());
    if (forget) this.signing.splice(1);
  }

  /** Makes a user known; by default user 1, owner of account 1, US dollars, UTC. */
  user(user: Partial<UserSnapshot> = {}): UserSnapshot {
    const { userId = 1 } = user;
    const usual = {
      accountId: userId,
      ownerId: userId,
      role: 'owner' as Role,
      currency: 'USD',
      timeZone: 'UTC',
      active: true,
    };
    const snapshot = { ...usual, ...user, userId };
    this.users.set(userId, snapshot);
    return snapshot;
  }

  /** A token of a user, who becomes known by it. */
  token(user: Partial<UserSnapshot> = {}, { claims = {}, header = {} }: TokenOptions = {}): string {
    const { userId } = this.users.get(user.userId ?? 1) ?? this.user(user);
    if (Object.keys(user).length > 1) this.user(user);
    const iat = Math.floor(Date.now() / 1000);
    const usual = { iss: 'open-cpo', iat, exp: iat + LIFE, jti: randomUUID(), data: { user_id: userId, user_type: 1 } };
    const [key] = this.signing as [SigningKey];
    const signed = `${base64({ alg: 'ES256', typ: 'JWT', kid: key.jwk.kid, ...header })}.${base64({ ...usual, ...claims })}`;
    const signature = sign('sha256', Buffer.from(signed), {
      key: createPrivateKey(key.pem),
      dsaEncoding: 'ieee-p1363',
    });
    return `${signed}.${signature.toString('base64url')}`;
  }

  /** Makes an API key known. */
  apiKey(owner: Partial<ApiKeyOwner> = {}): string {
    const { keyId = this.apiKeys.size + 1, accountId = 1, scope = null, expiresAt = null } = owner;
    const { userId: createdBy } = owner.createdBy
      ? { userId: owner.createdBy }
      : this.user({ userId: 900_000 + accountId, accountId });
    const key = `${keyId}|${randomUUID()}`;
    this.apiKeys.set(key, { keyId, accountId, createdBy, scope, expiresAt });
    return key;
  }

  /** Tells gateways that a user is not what it was. */
  async tellUser(user: Partial<UserSnapshot>): Promise<void> {
    const snapshot = this.user(user);
    await this.tell(userChanged, snapshot.userId, { snapshot });
  }

  async tellRevoked(revoked: SessionRevoked): Promise<void> {
    await this.tell(sessionRevoked, revoked.id, revoked);
  }

  async tellApiKeyRevoked(keyId: number): Promise<void> {
    for (const [key, owner] of this.apiKeys) if (owner.keyId === keyId) this.apiKeys.delete(key);
    await this.tell(apiKeyRevoked, keyId, { keyId });
  }

  async tellKeysChanged(): Promise<void> {
    await this.tell(keysChanged, 'all', {});
  }

  /** Publishes as auth does beside its outbox: directly to current subscribers. */
  async tell<T>(domainEvent: DomainEvent<T>, aggregateId: number | string, payload: T): Promise<void> {
    if (!this.connection) throw new Error('The stand-in for auth is not on the broker.');
    const head = headers();
    head.set('Nats-Msg-Id', randomUUID());
    this.connection.publish(`${domainEvent.subject}.${aggregateId}`, JSON.stringify(payload), { headers: head });
    await this.connection.flush();
  }

  useConnection(connection: NatsConnection): void {
    this.connection = connection;
  }
}
