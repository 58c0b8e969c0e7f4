import { ExportsTable1700000002000, type PersistenceOptions } from '@open-cpo/persistence';
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
import { Rls1795955155000 } from './migrations/1795955155000-rls';
import { LoginSessions1795955330564 } from './migrations/1795955330564-login-sessions';
import { LoginSessionsRls1795955330565 } from './migrations/1795955330565-login-sessions-rls';
import { KnownDevices1795956445947 } from './migrations/1795956445947-known-devices';
import { KnownDevicesRls1795956445948 } from './migrations/1795956445948-known-devices-rls';
import { LoginSession } from './sessions/login-session.entity';
import { EmailRecipients1795960357000 } from './migrations/1795960357000-email-recipients';
import { InvitationTokens1795960357001 } from './migrations/1795960357001-invitation-tokens';
import { BalanceEarned1795971390104 } from './migrations/1795971390104-balance-earned';
import { ApiKeyScopes1795962046001 } from './migrations/1795962046001-api-key-scopes';
import { LocksPublished1796086000000 } from './migrations/1796086000000-locks-published';
import { ExportsRls1795973000003 } from './migrations/1795973000003-exports-rls';
import { ChargerFaultMails1796096000000 } from './migrations/1796096000000-charger-fault-mails';
import { UserDeletions1795973000001 } from './migrations/1795973000001-user-deletions';
import { UserDeletionEntity } from './privacy/user-deletion.entity';
import { SecondFactors1795971113049 } from './migrations/1795971113049-second-factors';
import { SecondFactorsRls1795971113050 } from './migrations/1795971113050-second-factors-rls';
import { SecondFactorRequired1795971583998 } from './migrations/1795971583998-second-factor-required';
import { Passkeys1795971881221 } from './migrations/1795971881221-passkeys';
import { PasskeysRls1795971881222 } from './migrations/1795971881222-passkeys-rls';
import { PasskeyEntity } from './second-factors/passkeys/passkey.entity';
import { UsedPasskeyChallenge } from './second-factors/passkeys/used-challenge.entity';
import { RecoveryCode } from './second-factors/recovery-code.entity';
import { TotpFactor } from './second-factors/totp-factor.entity';
import { Revocation } from './sessions/revocation.entity';
import { Session } from './sessions/session.entity';
import { Account } from './users/account.entity';
import { Device } from './users/device.entity';
import { KnownDevice } from './users/known-device.entity';
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
  KnownDevice,
  LoginSession,
  TotpFactor,
  RecoveryCode,
  PasskeyEntity,
  UsedPasskeyChallenge,
  Session,
  Revocation,
  SigningKey,
  ApiKeyEntity,
  Email,
  UserDeletionEntity,
];

const migrations = [
  ExportsTable1700000002000,
  Countries1700000010000,
  Currencies1700000020000,
  Identity1700000100000,
  ApiKeys1700000400000,
  Invitations1700000500000,
  AccountBalances1700000600000,
  Wall1763846500000,
  Rls1795955155000,
  LoginSessions1795955330564,
  LoginSessionsRls1795955330565,
  KnownDevices1795956445947,
  KnownDevicesRls1795956445948,
  EmailRecipients1795960357000,
  InvitationTokens1795960357001,
  ApiKeyScopes1795962046001,
  SecondFactors1795971113049,
  SecondFactorsRls1795971113050,
  SecondFactorRequired1795971583998,
  Passkeys1795971881221,
  PasskeysRls1795971881222,
  UserDeletions1795973000001,
  ExportsRls1795973000003,
  BalanceEarned1795971390104,
  LocksPublished1796086000000,
  ChargerFaultMails1796096000000,
];

/** The tables of the service. */
export const persistence = ({
  databaseUrl,
  databasePool,
}: Pick<DatabaseConfig, 'databaseUrl'> & Partial<DatabaseConfig>): PersistenceOptions => ({
  name: 'auth',
  url: databaseUrl,
  pool: databasePool,
  entities,
  migrations,
});
