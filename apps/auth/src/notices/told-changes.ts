import { Injectable } from '@nestjs/common';
import { payoutsNotice, payoutsStops, type SensitiveChange, webhooksNotice } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { Bus, internalCaller } from '@open-cpo/messaging';
import { AuthConfig } from '../config';
import { Revocations } from '../sessions/revocations';
import { Notices } from './notices';

/** Sensitive changes that other services make. */
@Injectable()
export class ToldChanges {
  constructor(
    private readonly notices: Notices,
    private readonly revocations: Revocations,
    private readonly bus: Bus,
    private readonly config: AuthConfig,
  ) {}

  @Consumes(webhooksNotice, { as: 'auth-webhook-notices', from: 'new' })
  webhooks({ kind, account_id: accountId, user_id: userId, details }: SensitiveChange): Promise<void> {
    return this.notices.tell({ kind, accountId, userId, details });
  }

  /** A method that payouts wait for has a link that stops them; the event itself holds no secret. */
  @Consumes(payoutsNotice, { as: 'auth-payout-notices', from: 'new' })
  async payouts({ kind, account_id: accountId, user_id: userId, details }: SensitiveChange): Promise<void> {
    const { held_method, changed_by, ...shown } = details;
    const link = held_method ? await this.linkFor(accountId, Number(held_method)) : {};
    await this.notices.tell({ kind, accountId, userId, details: { ...shown, ...link } });
    // Whoever made the change that its owner does not stand by is logged out everywhere.
    if (changed_by) await this.revocations.endUser(Number(changed_by));
  }

  private async linkFor(account_id: number, method_id: number): Promise<Record<string, string>> {
    const { token } = await this.bus.call(payoutsStops.mint, { account_id, method_id }, internalCaller());
    return token ? { link: `${this.config.publicUrl}/payout-stops/${token}` } : {};
  }
}
