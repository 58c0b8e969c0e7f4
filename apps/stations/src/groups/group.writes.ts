import { Injectable } from '@nestjs/common';
import { type Caller, type ChangeGroup, type CreateGroup, type FieldErrors, ownerOf } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { ChargePointLinks } from '../charge-points/charge-point.links';
import { type GroupRow, groupView } from './group.views';
import { type GroupData, GroupsRepository } from './groups.repository';

/** Creating, changing and removing groups. */
@Injectable()
export class GroupWrites {
  constructor(
    private readonly repository: GroupsRepository,
    private readonly links: ChargePointLinks,
    private readonly audit: Audit,
  ) {}

  async create(input: CreateGroup, caller: Caller, errors: FieldErrors): Promise<GroupRow> {
    const { accountId } = ownerOf(caller);
    const members = await this.links.hold(input.chargePoints, accountId, errors, 'refer');
    errors.throwIfAny();
    const { name, companyName = null, licenseCode = null } = input;
    const id = await this.repository.add(accountId, { name, company_name: companyName, license_code: licenseCode });
    await this.repository.setMembers(id, members);
    const group = await this.repository.owned(id, accountId);
    await this.record('create', null, group, caller);
    return group;
  }

  async change(input: ChangeGroup, caller: Caller, errors: FieldErrors): Promise<GroupRow> {
    const { accountId } = ownerOf(caller);
    const { id, chargePoints } = input;
    const before = await this.repository.ownedForChange(id, accountId);
    const members = await this.links.hold(chargePoints, accountId, errors, 'refer');
    errors.throwIfAny();
    if (chargePoints !== undefined) await this.repository.setMembers(id, members);
    const data = changed(input);
    if (Object.keys(data).length > 0) await this.repository.change(id, data);
    const after = await this.repository.owned(id, accountId);
    if (JSON.stringify(before) === JSON.stringify(after)) this.audit.unchanged();
    else await this.record('update', before, after, caller);
    return after;
  }

  async remove(id: number, caller: Caller): Promise<void> {
    const before = await this.repository.ownedForChange(id, ownerOf(caller).accountId);
    await this.repository.remove(id);
    await this.record('delete', before, null, caller);
  }

  private async record(change: string, before: GroupRow | null, after: GroupRow | null, caller: Caller): Promise<void> {
    const entry = { action: `groups.${change}`, subject: 'group', id: (after ?? before)?.id ?? 0 };
    await this.audit.write({ ...entry, before: before && groupView(before), after: after && groupView(after) }, caller);
  }
}

const changed = ({ name, companyName, licenseCode }: ChangeGroup): Partial<GroupData> => ({
  ...(name === undefined ? {} : { name }),
  ...(companyName === undefined ? {} : { company_name: companyName }),
  ...(licenseCode === undefined ? {} : { license_code: licenseCode }),
});
