import { Injectable } from '@nestjs/common';
import {
  type AddPayoutMethod,
  type Caller,
  confirmations,
  type FieldErrors,
  type NoticeKind,
  ownerOf,
  payoutsNotice,
  Refusal,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { Audit, Outbox } from '@open-cpo/persistence';
import type { CatalogueEntry } from './catalogue';
import { minuteOf } from './delay';
import { type Details, masked } from './details';

const subject = 'payout-method';

/** What a change of a method can be confirmed with. */
export type Confirmation = Pick<AddPayoutMethod, 'current_password' | 'second_factor_code'>;

/** What a method was, or is. */
export interface Shown {
  readonly details: Details;
  readonly providerAccount: string | null;
  readonly document: boolean;
}

export interface MethodChange {
  readonly kind: Extract<NoticeKind, 'payout-method-added' | 'payout-method-changed' | 'payout-method-removed'>;
  readonly id: number;
  readonly entry: CatalogueEntry;
  readonly before?: Shown;
  readonly after?: Shown;
  /** Until when payouts to it wait. */
  readonly heldUntil?: Date | null;
}

/** What every change of a payout method leaves behind: an audit entry and a notice to the owners. */
@Injectable()
export class MethodChanges {
  constructor(
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly bus: Bus,
  ) {}

  /**
   * A password or a code of a second factor that was sent must be the caller's; without either the change is made as
   * documented. A code is good once: it is looked at last.
   */
  async confirm(sent: Confirmation, caller: Caller, errors: FieldErrors): Promise<void> {
    const { current_password: password, second_factor_code: code } = sent;
    if (password) {
      await asked(this.bus.call(confirmations.password, { password }, caller), 'current_password', errors);
    }
    if (code && errors.empty) {
      await asked(this.bus.call(confirmations.secondFactor, { code }, caller), 'second_factor_code', errors);
    }
  }

  /** What is sent again as it is changes nothing, and lets nothing wait. */
  unchanged(): void {
    this.audit.unchanged();
  }

  /** Part of the transaction of the change. */
  async tell({ kind, id, entry, before, after, heldUntil }: MethodChange, caller: Caller): Promise<void> {
    const held = heldUntil ? { held_until: heldUntil.toISOString() } : {};
    const changed = before && after ? { changed: changedFields(before.details, after.details) } : {};
    const { accountId: account_id, userId: user_id } = ownerOf(caller);
    await this.audit.write(
      {
        subject,
        id,
        before: before && shown(entry, before),
        after: after && { ...shown(entry, after), ...changed, ...held },
      },
      caller,
    );
    const details = {
      method: entry.name,
      ...(before && after ? { account_before: accountOf(before) } : {}),
      account: accountOf((after ?? before) as Shown),
      ...(heldUntil ? { until: minuteOf(heldUntil), held_method: String(entry.id) } : {}),
    };
    await this.outbox.publish(payoutsNotice, account_id, { kind, account_id, user_id, details });
  }
}

/** Has what auth says of a field among the errors of the request. */
async function asked(call: Promise<void>, field: string, errors: FieldErrors): Promise<void> {
  try {
    await call;
  } catch (error) {
    const texts = error instanceof Refusal ? error.fields?.[field] : undefined;
    if (!texts) throw error;
    texts.forEach((text) => errors.add(field, text));
  }
}

const hidden = (text: string | null): string | null => (text === null ? null : masked(text));
const accountOf = ({ details, providerAccount }: Shown): string =>
  masked(providerAccount ?? details.accountNumber ?? details.id ?? '-');

/** Without personal data, since entries are never deleted; numbers of accounts by their last characters. */
const shown = ({ name: method }: CatalogueEntry, { details, providerAccount, document }: Shown): object => ({
  method,
  userType: details.userType,
  account_number: hidden(details.accountNumber),
  provider_account: hidden(providerAccount),
  document,
});

/** Which of the details are other ones now. */
const changedFields = (before: Details, after: Details): string[] =>
  (Object.keys(after) as (keyof Details)[]).filter((field) => before[field] !== after[field]);
