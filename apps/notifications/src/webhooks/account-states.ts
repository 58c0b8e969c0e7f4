import { Injectable } from '@nestjs/common';
import { may, type NoticeKind, type UserChanged, userChanged, webhooksNotice } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Outbox } from '@open-cpo/persistence';
import { hostOf } from '@open-cpo/platform';
import { WebhooksRepository } from './webhooks.repository';

const kind: NoticeKind = 'webhook-left-behind';

/**
 * Webhooks stop while their account is locked. Like API keys they give no more than their creator may: those of a user
 * who leaves, is removed or gets a lesser role are disabled, and the owners of the account get a mail for each.
 */
@Injectable()
export class AccountStates {
  constructor(
    private readonly repository: WebhooksRepository,
    private readonly outbox: Outbox,
  ) {}

  @Consumes(userChanged, { as: 'notifications-users' })
  async changed({ snapshot }: UserChanged): Promise<void> {
    const { userId, ownerId, accountId, active, role, removed = false } = snapshot;
    // What a request under way has added or taken over is there after it.
    await this.repository.inTurn(accountId);
    // The first owner is there as long as the account is: not active says that it is locked.
    if (userId === ownerId && !removed) await this.repository.lockAccount(accountId, !active);
    if (removed || !may(role, 'webhooks.create')) await this.disable(accountId, userId);
  }

  private async disable(account_id: number, userId: number): Promise<void> {
    for (const { url } of await this.repository.disableOf(account_id, userId)) {
      const details = { host: hostOf(url) };
      await this.outbox.publish(webhooksNotice, account_id, { kind, account_id, user_id: null, details });
    }
  }
}
