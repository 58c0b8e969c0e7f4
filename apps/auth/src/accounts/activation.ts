import { Injectable } from '@nestjs/common';
import { type Caller, Refusal } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import type { UserRow } from '../users/user.row';
import { Users } from '../users/users.repository';
import { Registrations } from '../verifications/registrations.repository';

/** What comes of a proven address. Refuses `verification_expired` when somebody was quicker. */
@Injectable()
export class Activation {
  constructor(
    private readonly registrations: Registrations,
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
    const entry = { subject: 'account', id: user.accountId, of: user, after };
    await this.audit.write(entry, caller);
    return user;
  }
}
