import { ApiProperty } from '../core/documentation';
import { Choice, Id, Int, Json, Text } from '../fields';
import { domainEvent } from '../core/domain-event';
import { Nothing } from '../core/list-query';
import { list, nothing, operations, read, write } from '../core/operation';
import { type Role, ROLES } from '../core/permissions';

/** What an access token says; signed with ES256, `kid` in its header. */
export interface TokenClaims {
  readonly iss: string;
  /** Epoch seconds. */
  readonly iat: number;
  readonly exp: number;
  /** Id of the token, by which it is revoked. */
  readonly jti: string;
  readonly data: { readonly user_id: number; readonly user_type: number };
}

/** A public key as a JWK (RFC 7517). */
export class PublicKey {
  @ApiProperty() kid: string;
  @ApiProperty() kty: string;
  @ApiProperty() crv: string;
  @ApiProperty() x: string;
  @ApiProperty() y: string;
}

export class UserRef {
  @Id() userId: number;
}

/** Who a user is right now: what the gateway caches and `userChanged` refreshes. */
export class UserSnapshot {
  @ApiProperty() userId: number;
  @ApiProperty() accountId: number;
  /** The account's first owner. */
  @ApiProperty() ownerId: number;
  @ApiProperty({ enum: ROLES }) role: Role;
  /** ISO 4217. */
  @ApiProperty() currency: string;
  /** IANA. */
  @ApiProperty() timeZone: string;
  /** Neither locked nor removed. */
  @ApiProperty() active: boolean;
  /** Of no account any more. */
  @ApiProperty() removed?: boolean;
  /** The account requires a second factor, and the user has none yet. */
  @ApiProperty({ required: false }) secondFactorMissing?: boolean;
}

export class ApiKeyCheck {
  /** As sent: `<int>|<secret>`. */
  @Text({ presence: 'required', max: 200 }) key: string;
}

export class ApiKeyOwner {
  @ApiProperty() keyId: number;
  @ApiProperty() accountId: number;
  /** Its user: a key never gives more than its creator still has. */
  @ApiProperty() createdBy: number;
  /** See `inScope`. */
  @ApiProperty({ nullable: true, type: [String] }) scope: string[] | null;
  /** Epoch milliseconds. */
  @ApiProperty({ nullable: true, type: Number }) expiresAt: number | null;
}

/** Tokens that one gateway replica saw in use since its last report. */
export class TokensUsed {
  /** `jti` of each; what is no id is left out. */
  @Json({ presence: 'required' }) ids: string[];
}

/** What gateways ask auth; none of it has a route. */
export const sessions = operations('auth.sessions', {
  /** The keys that tokens may be signed with, the current one first. */
  keys: read(Nothing, list(PublicKey)),
  /** Refuses `unauthenticated` when there is no such user. */
  snapshot: read(UserRef, UserSnapshot),
  /** Refuses `api_key_invalid`; notes the use. */
  apiKey: read(ApiKeyCheck, ApiKeyOwner),
  /** Notes when sessions were used last. */
  used: write(TokensUsed, nothing, { audit: false, reason: 'The gateway reports when tokens were used.' }),
});

/** A token, or every token of a user that was issued before a moment, has ended. */
export class SessionRevoked {
  @Choice(['token', 'user'], { presence: 'required' }) scope: 'token' | 'user';
  /** The token's `jti`, or the user's id as text. */
  @Text({ presence: 'required' }) id: string;
  /** Epoch seconds: tokens of the user issued at or before this moment have ended. */
  @Int() before?: number;
  /** The token that goes on although its user's others end. */
  @Text() except?: string | null;
  /** Epoch seconds after which it can be forgotten. */
  @Int({ presence: 'required' }) until: number;
}

/** Published at once on the broker, kept in Redis (see `REVOCATIONS`), and through the outbox as well. */
export const sessionRevoked = domainEvent('auth.sessions.revoked', SessionRevoked);

export class UserChanged {
  @Json({ presence: 'required' }) snapshot: UserSnapshot;
}
/** Role, currency, zone or state of a user changed; the aggregate is the user. */
export const userChanged = domainEvent('auth.users.changed', UserChanged);

export class ApiKeyRevoked {
  @Id() keyId: number;
}
export const apiKeyRevoked = domainEvent('auth.api-keys.revoked', ApiKeyRevoked);

export class KeysChanged {}
/** Gateways read the keys again. */
export const keysChanged = domainEvent('auth.keys.changed', KeysChanged);

/**
 * The Redis sorted set `<prefix>:revocations` that gateways read at start and after being cut off: members are
 * `SessionRevoked` as JSON, scored with the epoch milliseconds of the revocation.
 */
export const REVOCATIONS = 'revocations';
