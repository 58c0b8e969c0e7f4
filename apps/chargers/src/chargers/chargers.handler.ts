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
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { isIdentity } from '@open-cpo/ocpp';
import { Audit } from '@open-cpo/persistence';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';
import { ChargersConfig } from '../config';
import { CHARGE_POINT_TAKEN, ChargersRepository, IDENTITY_TAKEN } from './chargers.repository';
import { maySeeCards, messageView } from './message.views';
import { hashOf, newPassword } from './secret';

const subject = 'charger';
const IDENTITY_NEEDED = 'The identity field is required: the token of the power center cannot be one.';
const MESSAGES_PER_PAGE = 50;

/** The owner's side of chargers: credentials, state and messages. */
@Controller()
export class ChargersHandler implements HandlersOf<typeof chargers> {
  constructor(
    private readonly repository: ChargersRepository,
    private readonly chargePoints: ChargePointsRepository,
    private readonly audit: Audit,
    private readonly config: ChargersConfig,
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
    const { accountId } = ownerOf(caller);
    const { charge_point_id: chargePointId, policy } = input;
    errors.throwIfAny();
    const chargePoint = await this.chargePoints.owned(chargePointId, accountId);
    if (!chargePoint) errors.add('charge_point_id', 'The selected charge point id is invalid.').throwIfAny();
    const identity = input.identity ?? chargePoint?.token ?? '';
    // That of the power center may be one that no charger can have.
    if (!isIdentity(identity)) errors.add('identity', IDENTITY_NEEDED).throwIfAny();
    const taken = await this.repository.taken(accountId, identity, chargePointId);
    if (taken.chargePoint) errors.add('charge_point_id', CHARGE_POINT_TAKEN);
    if (taken.identity) errors.add('identity', IDENTITY_TAKEN);
    errors.throwIfAny();
    const password = newPassword();
    const made = { chargePointId, identity, hash: hashOf(password), policy: policy ?? 'workers' };
    const id = await this.repository.add(accountId, made);
    const charger = await this.repository.owned(id, accountId);
    const after = { charge_point_id: chargePointId, identity, policy: charger.policy };
    await this.audit.write({ action: 'chargers.create', subject, id, after }, caller);
    return { ...charger, credential: this.credentialOf(identity, password) };
  }

  @Handles(chargers.change, { finishesValidation: true })
  async change(input: ChangeCharger, caller: Caller, errors: FieldErrors): Promise<Charger> {
    const { accountId } = ownerOf(caller);
    const { id, policy = null, assume_ocpp16 = null } = input;
    const was = await this.repository.owned(id, accountId);
    errors.throwIfAny();
    await this.repository.change(id, accountId, policy, assume_ocpp16);
    const is = await this.repository.owned(id, accountId);
    const [before, after] = [was, is].map((one) => ({ policy: one.policy, assume_ocpp16: one.assume_ocpp16 }));
    await this.audit.write({ action: 'chargers.update', subject, id, before, after }, caller);
    return is;
  }

  @Handles(chargers.remove)
  async remove({ id }: ChargerRef, caller: Caller): Promise<void> {
    const { accountId } = ownerOf(caller);
    const { identity, charge_point_id } = await this.repository.owned(id, accountId);
    await this.repository.remove(id, accountId);
    await this.audit.write({ action: 'chargers.delete', subject, id, before: { identity, charge_point_id } }, caller);
  }

  @Handles(chargers.rotate)
  async rotate({ id }: ChargerRef, caller: Caller): Promise<ChargerCredential> {
    const { accountId } = ownerOf(caller);
    const { identity } = await this.repository.owned(id, accountId);
    const password = newPassword();
    await this.repository.credential(id, accountId, hashOf(password));
    await this.audit.write({ action: 'chargers.update', subject, id, after: { credential: 'rotated' } }, caller);
    return this.credentialOf(identity, password);
  }

  @Handles(chargers.revoke)
  async revoke({ id }: ChargerRef, caller: Caller): Promise<Charger> {
    const { accountId } = ownerOf(caller);
    await this.repository.owned(id, accountId);
    await this.repository.credential(id, accountId, null);
    await this.audit.write({ action: 'chargers.update', subject, id, after: { credential: 'revoked' } }, caller);
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

  private credentialOf(identity: string, password: string): ChargerCredential {
    return { url: `${this.config.chargersUrl}/${encodeURIComponent(identity)}`, identity, password };
  }
}
