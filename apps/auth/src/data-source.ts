import type { PersistenceOptions } from '@open-cpo/persistence';
import type { DatabaseConfig } from '@open-cpo/platform';
import { ApiKeyEntity } from './api-keys/api-key.entity';
import { AccountBalance } from './balances/account-balance.entity';
import { CountryEntity } from './countries/country.entity';
import { CurrencyEntity } from './currencies/currency.entity';
import { Email } from './emails/email.entity';
import { SigningKey } from './keys/signing-key.entity';
import { Invitation } from './members/invitation.entity';
import { Countries1700000010000 } from './migrations/1700000010000-countries';
import { Currencies1700000020000 } from './migrations/1700000020000-currencies';
import { Identity1700000100000 } from './migrations/1700000100000-identity';
import { ApiKeys1700000400000 } from './migrations/1700000400000-api-keys';
import { Invitations1700000500000 } from './migrations/1700000500000-invitations';
import { AccountBalances1700000600000 } from './migrations/1700000600000-account-balances';
import { Wall1763846500000 } from './migrations/1763846500000-wall';
import { Revocation } from './sessions/revocation.entity';
import { Session } from './sessions/session.entity';
import { Account } from './users/account.entity';
import { Device } from './users/device.entity';
import { User } from './users/user.entity';
import { Registration } from './verifications/registration.entity';
import { Verification } from './verifications/verification.entity';

const entities = [
  CountryEntity,
  CurrencyEntity,
  Account,
  AccountBalance,
  User,
  Device,
  Invitation,
  Registration,
  Verification,
  Session,
  Revocation,
  SigningKey,
  ApiKeyEntity,
  Email,
];

const migrations = [
  Countries1700000010000,
  Currencies1700000020000,
  Identity1700000100000,
  ApiKeys1700000400000,
  Invitations1700000500000,
  AccountBalances1700000600000,
  Wall1763846500000,
];

/** The tables of the service. */
export const persistence = ({ databaseUrl, databasePool }: DatabaseConfig): PersistenceOptions => ({
  name: 'auth',
  url: databaseUrl,
  pool: databasePool,
  entities,
  migrations,
});
