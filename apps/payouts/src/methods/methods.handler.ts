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
import { Audit } from '@open-cpo/persistence';
import { PayoutsRepository } from '../payouts/payouts.repository';
import { type CatalogueEntry, methodNamed } from './catalogue';
import { changed, detailsOf } from './details';
import { Documents } from './documents';
import { Methods } from './methods';
import type { MethodRow } from './methods.repository';

const subject = 'payout-method';
const STILL_PENDING = 'A payout by this method is still pending.';

/** The ways in which an account is paid. */
@Controller()
export class MethodsHandler implements HandlersOf<typeof payoutsMethods> {
  constructor(
    private readonly methods: Methods,
    private readonly documents: Documents,
    private readonly payouts: PayoutsRepository,
    private readonly audit: Audit,
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
    const { accountId } = ownerOf(caller);
    const entry = known(input);
    const country = await this.methods.checkAddable(entry, accountId, errors);
    const document = await this.documents.read(input.document, accountId, errors);
    if (!input.id && !document && !errors.has('id')) errors.add('id', 'The id field is required.');
    errors.throwIfAny();
    const id = await this.methods.add(entry, accountId, country, detailsOf(input), document);
    await this.audit.write({ action: 'payout-methods.create', subject, id, after: { method: entry.name } }, caller);
  }

  @Handles(payoutsMethods.update, { finishesValidation: true })
  async update(input: UpdatePayoutMethod, caller: Caller, errors: FieldErrors): Promise<void> {
    const { accountId } = ownerOf(caller);
    const entry = known(input);
    const row = await this.added(entry, accountId);
    const document = await this.documents.read(input.document, accountId, errors);
    errors.throwIfAny();
    const details = changed(this.methods.detailsOf(row, accountId), input);
    await this.methods.change(row, accountId, details, document);
    await this.audit.write(
      { action: 'payout-methods.update', subject, id: row.id, after: { method: entry.name } },
      caller,
    );
  }

  @Handles(payoutsMethods.remove)
  async remove(input: PayoutMethodName, caller: Caller): Promise<void> {
    const { accountId } = ownerOf(caller);
    const entry = known(input);
    const { id } = await this.added(entry, accountId);
    const open = await this.payouts.open(accountId);
    if (open?.method_id === entry.id) throw new Refusal('conflict', { message: STILL_PENDING });
    await this.methods.remove(id);
    await this.audit.write({ action: 'payout-methods.delete', subject, id, before: { method: entry.name } }, caller);
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
