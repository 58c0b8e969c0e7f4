import { Injectable } from '@nestjs/common';
import { type NoticeKind, type UserChanged, userChanged, webhooksNotice } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/messaging';
import { Outbox } from '@open-cpo/persistence';
import { WebhooksRepository } from './webhooks.repository';

const kind: NoticeKind = 'webhook-left-behind';

/**
 * Webhooks belong to the account, not to who made them. They stop while the account is locked, and its owners are told of
 * those that a removed member leaves behind.
 */
@Injectable()
export class AccountStates {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly outbox: Outbox,
  ) {}

  @Consumes(userChanged, { as: 'notifications-users' })
  async changed({ snapshot }: UserChanged): Promise<void> {
    const { userId, ownerId, accountId, active, removed = false } = snapshot;
    // The first owner is there as long as the account is: not active says that it is locked.
    if (userId === ownerId && !removed) await this.repository.lockAccount(accountId, !active);
    if (removed) await this.tellOwners(accountId, userId);
  }

  private async tellOwners(account_id: number, userId: number): Promise<void> {
    for (const { url, status } of await this.repository.leftBehind(account_id, userId)) {
      if (status !== 'active') continue;
      const details = { host: new URL(url).host };
      await this.outbox.fact(webhooksNotice, account_id, { kind, account_id, user_id: null, details });
    }
  }
}
