import { Injectable } from '@nestjs/common';
import { apiKeyRevoked } from '@open-cpo/contracts';
import { ImmediateFacts } from '../facts/immediate-facts';
import { ApiKeys } from './api-keys.repository';

/** API keys end with the membership of their creator. */
@Injectable()
export class ApiKeyEnds {
  constructor(
    private readonly keys: ApiKeys,
    private readonly domainEvents: ImmediateFacts,
  ) {}

  /** Part of a transaction. Every gateway receives it before the response to the request that caused it. */
  async endUser(userId: number): Promise<number[]> {
    const ended = await this.keys.revokeOf(userId);
    for (const keyId of ended) await this.domainEvents.tell(apiKeyRevoked, keyId, { keyId });
    return ended;
  }

  /** All keys of an account; part of a transaction. */
  async endAccount(accountId: number): Promise<void> {
    for (const keyId of await this.keys.revokeOfAccount(accountId)) {
      await this.domainEvents.tell(apiKeyRevoked, keyId, { keyId });
    }
  }
}
