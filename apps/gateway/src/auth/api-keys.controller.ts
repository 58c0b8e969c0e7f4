import { Controller } from '@nestjs/common';
import { type ApiKeyRef, apiKeys, type Caller, type CreateApiKey } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/api-keys')
export class ApiKeysController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'List API keys',
    description: 'Lists the API keys of the account, without the keys themselves.',
    calls: apiKeys.all,
    can: 'api-keys.view',
  })
  all(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(apiKeys.all, input, caller);
  }

  @Route('POST', '', {
    title: 'Create an API key',
    description: 'Creates an API key for an integration and answers it, once: only its hash is stored.',
    calls: apiKeys.create,
    noStore: true,
    can: 'api-keys.create',
  })
  create(@Input() input: CreateApiKey, @From() caller: Caller) {
    return this.bus.bytes(apiKeys.create, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Revoke an API key',
    description: 'Revokes an API key. It is refused from then on.',
    calls: apiKeys.remove,
    can: 'api-keys.delete',
  })
  remove(@Input() input: ApiKeyRef, @From() caller: Caller) {
    return this.bus.bytes(apiKeys.remove, input, caller);
  }
}
