import { Controller } from '@nestjs/common';
import {
  type Assignment,
  type BackEnd,
  type BackEndAssignment,
  type BackEndCommand,
  backEndGranted,
  type Caller,
  type HandlersOf,
  type ListAssignments,
  type ListBackEnds,
  type ListUnknownReports,
  Refusal,
  stationsBackEnds,
  type UnknownReport,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit, Outbox } from '@open-cpo/persistence';
import { UnknownReports } from '../charging/unknown-reports';
import { BackEndsRepository, type Grant } from './back-ends.repository';

/** The platform's own staff say which power centers a charging back end serves. */
@Controller()
export class BackEndsHandler implements HandlersOf<typeof stationsBackEnds> {
  constructor(
    private readonly backEnds: BackEndsRepository,
    private readonly reports: UnknownReports,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  @Handles(stationsBackEnds.all)
  all({ after }: ListBackEnds): Promise<BackEnd[]> {
    return this.backEnds.all(after ?? '');
  }

  @Handles(stationsBackEnds.assignments)
  async assignments({ name, after }: ListAssignments): Promise<Assignment[]> {
    await this.known(name);
    return this.backEnds.assignments(name, after ?? 0);
  }

  @Handles(stationsBackEnds.unknown)
  unknown({ account_id, after }: ListUnknownReports): Promise<UnknownReport[]> {
    return this.reports.list(account_id ?? null, after ?? 0);
  }

  @Handles(stationsBackEnds.add)
  async add({ name, by }: BackEndCommand, caller: Caller): Promise<BackEnd> {
    await this.backEnds.add(name);
    await this.audit.write({ subject: 'back-end', id: name, after: { by } }, caller);
    return this.known(name);
  }

  @Handles(stationsBackEnds.remove)
  async remove({ name, by }: BackEndCommand, caller: Caller): Promise<BackEnd> {
    const before = await this.held(name);
    const grants = await this.backEnds.remove(name);
    await this.tell(name, grants, false);
    const entry = { subject: 'back-end', id: name, before };
    await this.audit.write({ ...entry, after: { by } }, caller);
    return before;
  }

  @Handles(stationsBackEnds.assign)
  assign(input: BackEndAssignment, caller: Caller): Promise<BackEnd> {
    return this.change(input, true, caller);
  }

  @Handles(stationsBackEnds.unassign)
  unassign(input: BackEndAssignment, caller: Caller): Promise<BackEnd> {
    return this.change(input, false, caller);
  }

  private async change(input: BackEndAssignment, granted: boolean, caller: Caller): Promise<BackEnd> {
    const { name, account_id = null, charge_point_id = null, by } = input;
    if ((account_id === null) === (charge_point_id === null)) {
      const message = 'Name either an account or a power center.';
      throw new Refusal('validation_failed', { fields: { charge_point_id: [message] } });
    }
    await this.held(name);
    // A grant for an account that is still to come would be a stranger's by then.
    if (granted && !(await this.backEnds.exists({ account_id, charge_point_id }))) {
      const what =
        account_id === null ? `power center ${charge_point_id}` : `power center of the account ${account_id}`;
      throw new Refusal('not_found', { message: `There is no ${what}.` });
    }
    const changed = await this.backEnds.grant(name, { account_id, charge_point_id }, granted);
    await this.tell(name, changed, granted);
    const after = { account_id, charge_point_id, by };
    await this.audit.write({ subject: 'back-end', id: name, after }, caller);
    return this.known(name);
  }

  private async tell(back_end: string, grants: readonly Grant[], granted: boolean): Promise<void> {
    const events = grants.map((grant) => ({
      domainEvent: backEndGranted,
      aggregateId: `${back_end}-${grant.account_id === null ? `p${grant.charge_point_id}` : `a${grant.account_id}`}`,
      payload: { back_end, ...grant, granted },
    }));
    await this.outbox.publishAll(events);
  }

  /** @throws Refusal `not_found` */
  private async held(name: string): Promise<BackEnd> {
    await this.backEnds.held(name);
    return this.known(name);
  }

  private async known(name: string): Promise<BackEnd> {
    const found = await this.backEnds.one(name);
    if (!found) throw new Refusal('not_found', { message: `There is no back end "${name}".` });
    return found;
  }
}
