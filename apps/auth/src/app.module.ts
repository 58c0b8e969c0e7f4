import { type DynamicModule, Module } from '@nestjs/common';
import {
  accountFacts,
  accounts,
  accountSecurity,
  apiKeys,
  authAudit,
  authOperators,
  confirmations,
  countries,
  countryCatalogue,
  currencies,
  deletions,
  emails,
  invitations,
  mailSettings,
  members,
  outboxOf,
  passkeys,
  personalDataExports,
  secondFactors,
  secretsOf,
  sessions,
  userOperators,
  users,
  userSessions,
} from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import { PersistenceModule } from '@open-cpo/persistence';
import { AccountsModule } from './accounts/accounts.module';
import { brokerUses } from './broker';
import { ConfirmationsModule } from './confirmations/confirmations.module';
import { ToldChangesModule } from './notices/told-changes.module';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { BalancesModule } from './balances/balances.module';
import type { AuthConfig } from './config';
import { ChargerFaultsModule } from './charger-faults/charger-faults.module';
import { CountriesModule } from './countries/countries.module';
import { CurrenciesModule } from './currencies/currencies.module';
import { persistence } from './data-source';
import { EmailsModule } from './emails/emails.module';
import { MembersModule } from './members/members.module';
import { OperatorsModule } from './operators/operators.module';
import { personalDataModule } from './privacy/personal-data.module';
import { PrivacyModule } from './privacy/privacy.module';
import { ProfileModule } from './profile/profile.module';
import { SecondFactorsModule } from './second-factors/second-factors.module';
import { SessionsModule } from './sessions/sessions.module';
import { UpkeepModule } from './upkeep/upkeep.module';
import { WebhooksModule } from './webhooks/webhooks.module';

const serves = [
  accountFacts,
  confirmations,
  accounts,
  users,
  deletions,
  personalDataExports,
  sessions,
  userSessions,
  secondFactors,
  passkeys,
  accountSecurity,
  emails,
  invitations,
  mailSettings,
  members,
  apiKeys,
  countries,
  countryCatalogue,
  currencies,
  authOperators,
  userOperators,
  outboxOf('auth'),
  secretsOf('auth'),
  authAudit,
];

/** Who people are, what they may do, and the countries and currencies that all agree on. */
@Module({})
export class AppModule {
  static forRoot(config: AuthConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'auth', uses: brokerUses, serves }),
        EventsModule,
        JobsModule.forRoot({ redisUrl: config.redisUrl, prefix: config.redisPrefix }),
        PersistenceModule.forRoot(persistence(config)),
        personalDataModule,
        AccountsModule,
        ConfirmationsModule,
        ToldChangesModule,
        ProfileModule,
        SecondFactorsModule,
        SessionsModule,
        EmailsModule,
        MembersModule,
        ApiKeysModule,
        BalancesModule,
        ChargerFaultsModule,
        CountriesModule,
        CurrenciesModule,
        OperatorsModule,
        PrivacyModule,
        UpkeepModule,
        WebhooksModule,
      ],
    };
  }
}
