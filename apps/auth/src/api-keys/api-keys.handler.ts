import { Controller } from '@nestjs/common';
import {
  type ApiKey,
  type ApiKeyRef,
  apiKeyRevoked,
  apiKeys,
  type Caller,
  type CreateApiKey,
  type FieldErrors,
  type HandlersOf,
  MOST_API_KEYS,
  type NewApiKey,
  type Nothing,
  ownerOf,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { ImmediateFacts } from '../facts/immediate-facts';
import { Notices } from '../notices/notices';
import { CurrentRights } from '../users/current-rights';
import { hashOf, keyText, newSecret } from './api-key.secret';
import { apiKeyView } from './api-key.views';
import { ApiKeys } from './api-keys.repository';

const PAST = 'The expires at field must be a date in the future.';
const FULL = `An account can have at most ${MOST_API_KEYS} API keys.`;

/** The keys that an owner gives to programs. */
@Controller()
export class ApiKeysHandler implements HandlersOf<typeof apiKeys> {
  constructor(
    private readonly keys: ApiKeys,
    private readonly audit: Audit,
    private readonly domainEvents: ImmediateFacts,
    private readonly notices: Notices,
    private readonly rights: CurrentRights,
  ) {}

  @Handles(apiKeys.all)
  async all(_: Nothing, caller: Caller): Promise<ApiKey[]> {
    return (await this.keys.ofAccount(ownerOf(caller).accountId)).map(apiKeyView);
  }

  @Handles(apiKeys.create, { finishesValidation: true })
  async create(
    { name, scope: given, expires_at }: CreateApiKey,
    caller: Caller,
    errors: FieldErrors,
  ): Promise<NewApiKey> {
    const { accountId, userId } = ownerOf(caller);
    await this.keys.lockAccount(accountId);
    await this.rights.check('api-keys.create', caller);
    const present = await this.keys.ofAccount(accountId);
    if (present.length >= MOST_API_KEYS) errors.add('name', FULL);
    const expiresAt = expires_at ? new Date(expires_at) : null;
    if (expiresAt && expiresAt.getTime() <= Date.now()) errors.add('expires_at', PAST);
    errors.throwIfAny();
    const scope = given ? [...new Set(given)] : null;
    const secret = newSecret();
    const key = await this.keys.add({ accountId, name, hash: hashOf(secret), createdBy: userId, scope, expiresAt });
    const after = { name, scope, expires_at: expiresAt };
    await this.audit.write({ subject: 'api-key', id: key.id, after }, caller);
    const details = { key: String(key.id), detail: name, scope: scope?.join(', ') ?? 'all' };
    await this.notices.tellOwn('api-key-created', details, caller);
    return { ...apiKeyView(await this.keys.owned(key.id, accountId)), key: keyText(key.id, secret) };
  }

  @Handles(apiKeys.remove)
  async remove({ id }: ApiKeyRef, caller: Caller): Promise<void> {
    const { name, scope, createdBy } = await this.keys.owned(id, ownerOf(caller).accountId);
    if (!(await this.keys.revoke(id))) throw new Refusal('not_found');
    const before = { name, scope, created_by: createdBy };
    await this.audit.write({ subject: 'api-key', id, before }, caller);
    await this.notices.tellOwn('api-key-revoked', { key: String(id), detail: name }, caller);
    await this.domainEvents.tell(apiKeyRevoked, id, { keyId: id });
  }
}
