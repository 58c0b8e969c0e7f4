import { Injectable } from '@nestjs/common';
import { type Caller, Refusal } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { Invitations } from '../members/invitations.repository';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { Registrations } from '../verifications/registrations.repository';

/** What comes of a proven address. Each refuses `verification_expired` when somebody was quicker. */
@Injectable()
export class Activation {
  constructor(
    private readonly registrations: Registrations,
    private readonly invitations: Invitations,
    private readonly users: Users,
    private readonly audit: Audit,
  ) {}

  /** A registration becomes an account with its owner. */
  async ofRegistration(id: number | null, caller: Caller): Promise<UserRow> {
    const registration = id === null ? undefined : await this.registrations.byId(id);
    if (!registration || (await this.users.byEmail(registration.email))) throw new Refusal('verification_expired');
    await this.registrations.settle(registration.email);
    const { countryId, currency, vatId, ...person } = registration;
    const { email, passwordHash, firstName, lastName, contactNumber, language } = person;
    const owner = { email, passwordHash, firstName, lastName, contactNumber, language };
    const user = await this.users.found({ countryId, currency, vatId }, { ...owner, role: 'owner', status: 'active' });
    const after = { owner: user.id, countryId, currency };
    await this.audit.write({ action: 'accounts.create', subject: 'account', id: user.accountId, after }, caller);
    return user;
  }

  /** An invited person becomes a user of the account that invited. */
  async ofInvitation(email: string, caller: Caller): Promise<UserRow> {
    const invitation = await this.invitations.openFor(email);
    const id = invitation && (await this.invitations.accept(invitation, email));
    const user = id === undefined ? undefined : await this.users.byId(id);
    if (!user) throw new Refusal('verification_expired');
    const after = { role: user.role, status: user.status };
    await this.audit.write({ action: 'members.join', subject: 'user', id: user.id, after }, caller);
    return user;
  }
}
