import { Module } from '@nestjs/common';
import { auditReader, outboxOperators, SealedColumns, secretsOperators } from '@open-cpo/persistence';
import { CurrenciesModule } from '../currencies/currencies.module';
import { NoticesModule } from '../notices/notices.module';
import { PersonalDataExport } from '../privacy/personal-data.export';
import { SecondFactorsModule } from '../second-factors/second-factors.module';
import { AuthSealedColumns } from '../secrets/sealed-columns';
import { SecretsModule } from '../secrets/secrets.module';
import { SecurityModule } from '../security/security.module';
import { SessionsModule } from '../sessions/sessions.module';
import { UsersModule } from '../users/users.module';
import { PrivacyModule } from '../privacy/privacy.module';
import { UpkeepModule } from '../upkeep/upkeep.module';
import { AccountLocks } from './account-locks';
import { FactorReset } from './factor-reset';
import { OperatorsHandler } from './operators.handler';
import { SessionEnds } from './session-ends';
import { UserExport } from './user-export';
import { UserOperatorsHandler } from './user-operators.handler';

@Module({
  imports: [
    CurrenciesModule,
    NoticesModule,
    PrivacyModule,
    SecondFactorsModule,
    SecretsModule,
    SecurityModule,
    SessionsModule,
    UpkeepModule,
    UsersModule,
  ],
  controllers: [
    OperatorsHandler,
    UserOperatorsHandler,
    outboxOperators('auth'),
    secretsOperators('auth'),
    auditReader('auth'),
  ],
  providers: [
    AccountLocks,
    FactorReset,
    PersonalDataExport,
    SessionEnds,
    UserExport,
    { provide: SealedColumns, useClass: AuthSealedColumns },
  ],
})
export class OperatorsModule {}
