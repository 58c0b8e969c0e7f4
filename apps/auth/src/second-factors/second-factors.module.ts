import { Module } from '@nestjs/common';
import { NoticesModule } from '../notices/notices.module';
import { PasswordsModule } from '../passwords/passwords.module';
import { SecretsModule } from '../secrets/secrets.module';
import { SecurityModule } from '../security/security.module';
import { SessionsModule } from '../sessions/sessions.module';
import { ThrottleModule } from '../throttle/throttle.module';
import { UsersModule } from '../users/users.module';
import { AccountSecurityHandler } from './account-security.handler';
import { FactorChanges } from './factor-changes';
import { FactorTables } from './factors.repository';
import { PasskeyCeremonies } from './passkeys/ceremonies';
import { PasskeyChallenges } from './passkeys/challenges';
import { PasskeysHandler } from './passkeys/passkeys.handler';
import { PasskeyTable } from './passkeys/passkeys.repository';
import { Reauthentication } from './reauthentication';
import { RecoveryCodeBook } from './recovery-codes';
import { SecondFactorCheck } from './second-factor-check';
import { SecondFactorsHandler } from './second-factors.handler';
import { TotpSecrets } from './totp-secrets';

@Module({
  imports: [NoticesModule, PasswordsModule, SecretsModule, SecurityModule, SessionsModule, ThrottleModule, UsersModule],
  controllers: [AccountSecurityHandler, PasskeysHandler, SecondFactorsHandler],
  providers: [
    FactorChanges,
    FactorTables,
    PasskeyCeremonies,
    PasskeyChallenges,
    PasskeyTable,
    Reauthentication,
    RecoveryCodeBook,
    SecondFactorCheck,
    TotpSecrets,
  ],
  exports: [FactorTables, PasskeyCeremonies, PasskeyChallenges, PasskeyTable, Reauthentication, SecondFactorCheck],
})
export class SecondFactorsModule {}
