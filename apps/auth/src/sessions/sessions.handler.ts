import { Controller } from '@nestjs/common';
import {
  type ApiKeyCheck,
  type ApiKeyOwner,
  type HandlersOf,
  type PublicKey,
  Refusal,
  sessions,
  type TokensUsed,
  type UserRef,
  type UserSnapshot,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { ApiKeys } from '../api-keys/api-keys.repository';
import { SigningKeys } from '../keys/signing-keys';
import { Snapshots } from '../users/snapshots';
import { LoginSessions } from './login-sessions.repository';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const MOST_IDS = 1000;

/** What gateways ask to know who is there. */
@Controller()
export class SessionsHandler implements HandlersOf<typeof sessions> {
  constructor(
    private readonly signingKeys: SigningKeys,
    private readonly snapshots: Snapshots,
    private readonly apiKeys: ApiKeys,
    private readonly logins: LoginSessions,
  ) {}

  @Handles(sessions.keys)
  async keys(): Promise<PublicKey[]> {
    return [...this.signingKeys.current.published];
  }

  @Handles(sessions.snapshot)
  async snapshot({ userId }: UserRef): Promise<UserSnapshot> {
    const snapshot = await this.snapshots.of(userId);
    if (!snapshot) throw new Refusal('unauthenticated');
    return snapshot;
  }

  @Handles(sessions.apiKey)
  async apiKey({ key }: ApiKeyCheck): Promise<ApiKeyOwner> {
    const owner = await this.apiKeys.check(key);
    if (!owner) throw new Refusal('api_key_invalid');
    return owner;
  }

  @Handles(sessions.used)
  async used({ ids }: TokensUsed): Promise<void> {
    const known = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string' && UUID.test(id)) : [];
    await this.logins.usedByTokens(known.slice(0, MOST_IDS));
  }
}
