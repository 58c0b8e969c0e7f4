import { Injectable } from '@nestjs/common';
import { columnsBut, type RowOf, Transactions } from '@open-cpo/persistence';
import { Secrets } from '../secrets/secrets';
import { Registration } from './registration.entity';

const COLUMNS = columnsBut(Registration, 'registrations', 'createdAt passwordHint');
const LATEST = `
  select ${COLUMNS} from registrations
  where email = $1 and created_at > now() - interval '7 days' order by created_at desc, id desc limit 1`;
// Of those with another password, the latest says nothing: strangers may have made it.
const WITH_PASSWORD = `
  select ${COLUMNS} from registrations
  where email = $1 and password_hint = $2 and created_at > now() - interval '7 days'
  order by created_at desc, id desc limit 1`;
const HINT_BYTES = 2;
const BY_ID = `select ${COLUMNS} from registrations where id = $1 for update`;

export type NewRegistration = Omit<Registration, 'id' | 'createdAt' | 'passwordHint'>;
export type RegistrationRow = RowOf<typeof COLUMNS>;

/** Registrations that wait for their address to be proven. */
@Injectable()
export class Registrations {
  constructor(
    private readonly transactions: Transactions,
    private readonly secrets: Secrets,
  ) {}

  async add(registration: NewRegistration, password: string): Promise<number> {
    const { manager } = this.transactions;
    const passwordHint = this.hintOf(registration.email, password);
    const { id } = await manager.save(Registration, manager.create(Registration, { ...registration, passwordHint }));
    return id;
  }

  /** The latest of the last week. */
  latest(email: string): Promise<RegistrationRow | undefined> {
    return this.transactions.first<RegistrationRow>(LATEST, [email], 'registrations.latest');
  }

  /** The one of the last week that seems to have this password; its hash decides. */
  withPassword(email: string, password: string): Promise<RegistrationRow | undefined> {
    const values = [email, this.hintOf(email, password)];
    return this.transactions.first<RegistrationRow>(WITH_PASSWORD, values, 'registrations.with-password');
  }

  byId(id: number): Promise<RegistrationRow | undefined> {
    return this.transactions.first<RegistrationRow>(BY_ID, [id]);
  }

  /** The address is proven: none of its registrations can be again. */
  async settle(email: string): Promise<void> {
    await this.transactions.manager.delete(Registration, { email });
  }

  private hintOf(email: string, password: string): Buffer {
    return this.secrets.mac('password-hints', email, '\n', password.normalize('NFC')).subarray(0, HINT_BYTES);
  }
}
