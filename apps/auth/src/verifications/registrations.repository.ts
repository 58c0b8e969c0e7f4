import { Injectable } from '@nestjs/common';
import { Transactions } from '@open-cpo/persistence';
import { Registration } from './registration.entity';

const COLUMNS = `id, email, password_hash as "passwordHash", first_name as "firstName", last_name as "lastName",
  contact_number as "contactNumber", country_id as "countryId", currency, vat_id as "vatId", language`;
const LATEST = `
  select ${COLUMNS} from registrations
  where email = $1 and created_at > now() - interval '7 days' order by created_at desc, id desc limit 1`;
const BY_ID = `select ${COLUMNS} from registrations where id = $1 for update`;

export type NewRegistration = Omit<Registration, 'id' | 'createdAt'>;
export type RegistrationRow = Omit<Registration, 'createdAt'>;

/** Registrations that wait for their address to be proven. */
@Injectable()
export class Registrations {
  constructor(private readonly transactions: Transactions) {}

  async add(registration: NewRegistration): Promise<number> {
    const { manager } = this.transactions;
    const { id } = await manager.save(Registration, manager.create(Registration, registration));
    return id;
  }

  /** The latest of the last week. */
  latest(email: string): Promise<RegistrationRow | undefined> {
    return this.transactions.first<RegistrationRow>(LATEST, [email], 'registrations.latest');
  }

  byId(id: number): Promise<RegistrationRow | undefined> {
    return this.transactions.first<RegistrationRow>(BY_ID, [id]);
  }

  /** The address is proven: none of its registrations can be again. */
  async settle(email: string): Promise<void> {
    await this.transactions.manager.delete(Registration, { email });
  }
}
