import { Controller } from '@nestjs/common';
import {
  type AddPayoutMethod,
  type Caller,
  type FieldErrors,
  type HandlersOf,
  type Nothing,
  ownerOf,
  type PayoutMethod,
  type PayoutMethodName,
  payoutsMethods,
  Refusal,
  type UpdatePayoutMethod,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Ledger } from '../ledger/ledger';
import { PayoutsRepository } from '../payouts/payouts.repository';
import { withBankAccount } from './bank-account';
import { type CatalogueEntry, methodNamed } from './catalogue';
import { changed, detailsOf } from './details';
import { MethodChanges } from './method-changes';
import { Documents } from './documents';
import { Methods } from './methods';
import type { MethodRow } from './methods.repository';

const STILL_PENDING = 'A payout by this method is still pending.';

/** The ways in which an account is paid. */
@Controller()
export class MethodsHandler implements HandlersOf<typeof payoutsMethods> {
  constructor(
    private readonly methods: Methods,
    private readonly documents: Documents,
    private readonly payouts: PayoutsRepository,
    private readonly changes: MethodChanges,
    private readonly ledger: Ledger,
  ) {}

  @Handles(payoutsMethods.mine)
  mine(_: Nothing, caller: Caller): Promise<PayoutMethod[]> {
    return this.methods.mine(ownerOf(caller).accountId);
  }

  @Handles(payoutsMethods.available)
  available(_: Nothing, caller: Caller): Promise<PayoutMethod[]> {
    return this.methods.available(ownerOf(caller).accountId);
  }

  @Handles(payoutsMethods.add, { finishesValidation: true })
  async add(input: AddPayoutMethod, caller: Caller, errors: FieldErrors): Promise<void> {
    const { accountId, userId } = ownerOf(caller);
    const entry = known(input);
    await this.changes.confirm(input, caller, errors);
    const country = await this.methods.checkAddable(entry, accountId, errors);
    const document = await this.documents.read(input.document, accountId, errors);
    if (!input.id && !document && !errors.has('id')) errors.add('id', 'The id field is required.');
    const details = detailsOf(withBankAccount(input, errors));
    errors.throwIfAny();
    const added = await this.methods.add(entry, accountId, country, { details, document, userId });
    const { id, heldUntil, providerAccount } = added;
    const after = { details, providerAccount, document: document !== undefined };
    await this.changes.tell({ kind: 'payout-method-added', id, entry, after, heldUntil }, caller);
  }

  @Handles(payoutsMethods.update, { finishesValidation: true })
  async update(input: UpdatePayoutMethod, caller: Caller, errors: FieldErrors): Promise<void> {
    const { accountId, userId } = ownerOf(caller);
    const entry = known(input);
    await this.added(entry, accountId);
    await this.changes.confirm(input, caller, errors);
    const document = await this.documents.read(input.document, accountId, errors);
    const row = await this.locked(entry, accountId);
    const before = this.shown(row, accountId);
    const details = changed(before.details, withBankAccount(input, errors));
    errors.throwIfAny();
    const isSame = !document && !row.stopped_at && JSON.stringify(details) === JSON.stringify(before.details);
    if (isSame) return this.changes.unchanged();
    const heldUntil = await this.methods.change(row, accountId, { details, document, userId });
    const after = { ...before, details, document: before.document || document !== undefined };
    await this.changes.tell({ kind: 'payout-method-changed', id: row.id, entry, before, after, heldUntil }, caller);
  }

  @Handles(payoutsMethods.remove)
  async remove(input: PayoutMethodName, caller: Caller): Promise<void> {
    const { accountId } = ownerOf(caller);
    const entry = known(input);
    const row = await this.locked(entry, accountId);
    const open = await this.payouts.open(accountId);
    if (open?.method_id === entry.id) throw new Refusal('conflict', { message: STILL_PENDING });
    await this.methods.remove(row.id);
    const before = this.shown(row, accountId);
    await this.changes.tell({ kind: 'payout-method-removed', id: row.id, entry, before }, caller);
  }

  private shown(row: MethodRow, accountId: number) {
    const { provider_account: providerAccount, document_type } = row;
    return { details: this.methods.detailsOf(row, accountId), providerAccount, document: document_type !== null };
  }

  /**
   * Requests and stops of payouts, and other changes of the account's methods, wait until the end of the transaction.
   * @throws Refusal `not_found`
   */
  private async locked(entry: CatalogueEntry, accountId: number): Promise<MethodRow> {
    await this.ledger.lock([accountId]);
    return this.added(entry, accountId);
  }

  /** @throws Refusal `not_found` */
  private async added({ id }: CatalogueEntry, accountId: number): Promise<MethodRow> {
    const row = await this.methods.one(accountId, id);
    if (!row) throw new Refusal('not_found');
    return row;
  }
}

/** @throws Refusal `not_found` */
function known({ payoutMethod_name }: Partial<PayoutMethodName>): CatalogueEntry {
  const entry = methodNamed(payoutMethod_name ?? '');
  if (!entry) throw new Refusal('not_found');
  return entry;
}
