import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type ChargerCredential,
  type ChargerPolicy,
  type CreateCharger,
  type FieldErrors,
  type NewCharger,
  ownerOf,
  Refusal,
} from '@open-cpo/contracts';
import { isIdentity } from '@open-cpo/ocpp';
import { Audit } from '@open-cpo/persistence';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';
import { ChargersConfig } from '../config';
import { CHARGE_POINT_TAKEN, ChargersRepository, IDENTITY_TAKEN } from './chargers.repository';
import { hashOf, newPassword } from './secret';

const subject = 'charger';
const NO_PARTNER = 'No partner is asked about cards here: CHARGERS_PARTNER_URL is not set.';
const IDENTITY_NEEDED = 'The identity field is required: the token of the power center cannot be one.';

/** Makes the chargers of power centers. */
@Injectable()
export class NewChargers {
  constructor(
    private readonly repository: ChargersRepository,
    private readonly chargePoints: ChargePointsRepository,
    private readonly audit: Audit,
    private readonly config: ChargersConfig,
  ) {}

  /** Part of the current transaction. @throws Refusal `validation_failed` for a power center or an identity that is taken */
  async create(input: CreateCharger, caller: Caller, errors: FieldErrors): Promise<NewCharger> {
    const { accountId } = ownerOf(caller);
    const { charge_point_id: chargePointId, policy } = input;
    this.ensurePartner(policy);
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
    await this.audit.write({ subject, id, after }, caller);
    return { ...charger, credential: this.credentialOf(identity, password) };
  }

  /** @throws Refusal `conflict` for a policy that nobody can be asked by */
  ensurePartner(policy: ChargerPolicy | null | undefined): void {
    if (policy === 'partner' && !this.config.chargersPartnerUrl) throw new Refusal('conflict', { message: NO_PARTNER });
  }

  /** What a charger is configured with. */
  credentialOf(identity: string, password: string): ChargerCredential {
    return { url: `${this.config.chargersUrl}/${encodeURIComponent(identity)}`, identity, password };
  }
}
