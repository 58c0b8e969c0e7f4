import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChargerLimits,
  chargerLimits,
  type ChargerRef,
  type FieldErrors,
  type HandlersOf,
  type LimitedSite,
  ownerOf,
  type SetChargerLimit,
  type SetSiteLimit,
  type SiteLimit,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { ChargersRepository } from '../chargers/chargers.repository';
import { Support } from '../commands/support';
import { MAX_CONNECTORS } from '../protocol/connector-states';
import { CurrentLimits } from './current-limits';
import { LimitsRepository } from './limits.repository';

const TOO_MANY_CONNECTORS = `The charger has limits of ${MAX_CONNECTORS} other connectors already.`;

/** The owner's side of limits of the current. */
@Controller()
export class LimitsHandler implements HandlersOf<typeof chargerLimits> {
  /** Power centers of the sites that calls are about to change, by their caller. */
  private readonly members = new WeakMap<Caller, readonly number[]>();

  constructor(
    private readonly chargers: ChargersRepository,
    private readonly repository: LimitsRepository,
    private readonly limits: CurrentLimits,
    private readonly support: Support,
    private readonly audit: Audit,
  ) {}

  @Handles(chargerLimits.one)
  async one({ id }: ChargerRef, caller: Caller): Promise<ChargerLimits> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(id, accountId);
    return this.repository.ofCharger(id, accountId);
  }

  @Handles(chargerLimits.change)
  async change(
    { id, connector, amperes = null }: SetChargerLimit,
    caller: Caller,
    errors: FieldErrors,
  ): Promise<ChargerLimits> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(id, accountId);
    if (amperes !== null) await this.support.ensure(accountId, id, { type: 'limit' });
    const isSet = await this.repository.set(id, connector, accountId, amperes);
    if (!isSet) errors.add('connector', TOO_MANY_CONNECTORS).throwIfAny();
    await this.audit.write({ subject: 'charger', id, after: { connector, amperes } }, caller);
    return this.repository.ofCharger(id, accountId);
  }

  @Handles(chargerLimits.site)
  async site({ id }: LimitedSite, caller: Caller): Promise<SiteLimit> {
    const { accountId } = ownerOf(caller);
    await this.limits.membersOf(id, accountId);
    return this.repository.ofSite(id, accountId);
  }

  /** Before the transaction: its connection would wait for stations. */
  private async readMembers({ id }: SetSiteLimit, caller: Caller): Promise<void> {
    this.members.set(caller, await this.limits.membersOf(id, ownerOf(caller).accountId));
  }

  @Handles(chargerLimits.changeSite, {
    before: (controller, input, caller) => (controller as LimitsHandler).readMembers(input as SetSiteLimit, caller),
  })
  async changeSite({ id, amperes = null }: SetSiteLimit, caller: Caller): Promise<SiteLimit> {
    const { accountId } = ownerOf(caller);
    const members = this.members.get(caller) ?? (await this.limits.membersOf(id, accountId));
    if (amperes === null) await this.repository.removeSite(id, accountId);
    else await this.repository.setSite(id, accountId, amperes, members);
    await this.audit.write({ subject: 'charging_site', id, after: { amperes } }, caller);
    return this.repository.ofSite(id, accountId);
  }
}
