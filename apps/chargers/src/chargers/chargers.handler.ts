import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeCharger,
  type Charger,
  type ChargerCredential,
  type ChargerMessages,
  type ChargerRef,
  chargers,
  type CreateCharger,
  type FieldErrors,
  type HandlersOf,
  type ListChargerMessages,
  type ListChargers,
  type NewCharger,
  ownerOf,
  type Page,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { ChargersConfig } from '../config';
import { LocalLists } from '../lists/local-lists';
import { ChargersRepository } from './chargers.repository';
import { maySeeCards, messageView } from './message.views';
import { NewChargers } from './new-chargers';
import { hashOf, newPassword } from './secret';

const subject = 'charger';
const MESSAGES_PER_PAGE = 50;
const NO_AUTHORITY = 'No client certificates are taken here: CHARGERS_CLIENT_CA is not set.';

/** The owner's side of chargers: credentials, state and messages. */
@Controller()
export class ChargersHandler implements HandlersOf<typeof chargers> {
  constructor(
    private readonly repository: ChargersRepository,
    private readonly newChargers: NewChargers,
    private readonly lists: LocalLists,
    private readonly config: ChargersConfig,
    private readonly audit: Audit,
  ) {}

  @Handles(chargers.table)
  table(input: ListChargers, caller: Caller): Promise<Page<Charger>> {
    return this.repository.page(input, ownerOf(caller).accountId);
  }

  @Handles(chargers.one)
  one({ id }: ChargerRef, caller: Caller): Promise<Charger> {
    return this.repository.owned(id, ownerOf(caller).accountId);
  }

  @Handles(chargers.create, { finishesValidation: true })
  async create(input: CreateCharger, caller: Caller, errors: FieldErrors): Promise<NewCharger> {
    errors.throwIfAny();
    return this.newChargers.create(input, caller, errors);
  }

  @Handles(chargers.change, { finishesValidation: true })
  async change(input: ChangeCharger, caller: Caller, errors: FieldErrors): Promise<Charger> {
    const { accountId } = ownerOf(caller);
    const { id, ...changes } = input;
    const was = await this.repository.owned(id, accountId);
    errors.throwIfAny();
    if (changes.certificate && !this.config.chargersClientCa) throw new Refusal('conflict', { message: NO_AUTHORITY });
    this.newChargers.ensurePartner(changes.policy);
    await this.repository.change(id, accountId, changes);
    if (was.local_list && changes.local_list === false) await this.lists.forget(id, accountId);
    if (!was.local_list && changes.local_list) await this.lists.again(id, accountId);
    const is = await this.repository.owned(id, accountId);
    const [before, after] = [was, is].map((one) => ({
      policy: one.policy,
      assume_ocpp16: one.assume_ocpp16,
      local_list: one.local_list,
      certificate: one.certificate,
      server_pings: one.server_pings,
      compression: one.compression,
      register_factor: one.register_factor,
    }));
    await this.audit.write({ subject, id, before, after }, caller);
    return is;
  }

  @Handles(chargers.remove)
  async remove({ id }: ChargerRef, caller: Caller): Promise<void> {
    const { accountId } = ownerOf(caller);
    const { identity, charge_point_id } = await this.repository.owned(id, accountId);
    await this.repository.remove(id, accountId);
    await this.lists.forget(id, accountId);
    await this.audit.write({ subject, id, before: { identity, charge_point_id } }, caller);
  }

  @Handles(chargers.rotate)
  async rotate({ id }: ChargerRef, caller: Caller): Promise<ChargerCredential> {
    const { accountId } = ownerOf(caller);
    const { identity } = await this.repository.owned(id, accountId);
    const password = newPassword();
    await this.repository.credential(id, accountId, hashOf(password));
    await this.audit.write({ subject, id, after: { credential: 'rotated' } }, caller);
    return this.newChargers.credentialOf(identity, password);
  }

  @Handles(chargers.revoke)
  async revoke({ id }: ChargerRef, caller: Caller): Promise<Charger> {
    const { accountId } = ownerOf(caller);
    await this.repository.owned(id, accountId);
    await this.repository.credential(id, accountId, null);
    await this.audit.write({ subject, id, after: { credential: 'revoked' } }, caller);
    return this.repository.owned(id, accountId);
  }

  @Handles(chargers.messages)
  async messages(input: ListChargerMessages, caller: Caller): Promise<ChargerMessages> {
    const { accountId } = ownerOf(caller);
    const { id, cursor, action, itemsPerPage } = input;
    await this.repository.owned(id, accountId);
    const per_page = itemsPerPage ?? MESSAGES_PER_PAGE;
    const rows = await this.repository.messages(id, accountId, { before: cursor, action, limit: per_page + 1 });
    const page = rows.slice(0, per_page);
    const cards = maySeeCards(caller);
    const next = rows.length > per_page ? String(page.at(-1)?.id) : null;
    return { data: page.map((row) => messageView(row, cards)), meta: { per_page, next } };
  }
}
