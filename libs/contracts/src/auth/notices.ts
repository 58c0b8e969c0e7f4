import { domainEvent } from '../core/domain-event';
import { Choice, Id, Json, Ref } from '../fields';

/** Changes of which an account's owners get a mail, because they decide who has access, or where money and data go. */
export const NOTICE_KINDS = [
  'payout-method-added',
  'payout-method-changed',
  'payout-method-removed',
  'payout-method-stopped',
  'payout-requested',
  'api-key-created',
  'api-key-revoked',
  'webhook-created',
  'webhook-changed',
  'webhook-removed',
  'webhook-left-behind',
  'member-invited',
  'member-joined',
  'member-role-changed',
  'member-removed',
  'member-left',
  'second-factor-added',
  'second-factor-removed',
  'second-factors-reset',
  'recovery-codes-renewed',
  'recovery-code-used',
  'second-factor-required',
  'second-factor-optional',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A sensitive change, published by the service that made it. Its details hold no secrets and nothing that is masked elsewhere. */
export class SensitiveChange {
  @Choice(NOTICE_KINDS, { presence: 'required' }) kind: NoticeKind;
  @Id() account_id: number;
  /** Who did it; absent for what no user did. */
  @Ref() user_id?: number | null;
  /** What the letter shows of it. */
  @Json({ presence: 'required' }) details: Record<string, string>;
}

export const payoutsNotice = domainEvent('payouts.notices.raised', SensitiveChange);
export const webhooksNotice = domainEvent('notifications.notices.raised', SensitiveChange);
