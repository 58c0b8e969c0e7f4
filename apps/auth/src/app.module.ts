import { type DynamicModule, Module } from '@nestjs/common';
import {
  accountFacts,
  accounts,
  apiKeys,
  authOperators,
  countries,
  currencies,
  emails,
  members,
  outboxOf,
  sessions,
  users,
} from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { MessagingModule } from '@open-cpo/messaging';
import { PersistenceModule } from '@open-cpo/persistence';
import { AccountsModule } from './accounts/accounts.module';
import { ApiKeysModule } from './api-keys/api-keys.module';
import { BalancesModule } from './balances/balances.module';
import type { AuthConfig } from './config';
import { CountriesModule } from './countries/countries.module';
import { CurrenciesModule } from './currencies/currencies.module';
import { persistence } from './data-source';
import { EmailsModule } from './emails/emails.module';
import { MembersModule } from './members/members.module';
import { OperatorsModule } from './operators/operators.module';
import { ProfileModule } from './profile/profile.module';
import { SessionsModule } from './sessions/sessions.module';
import { UpkeepModule } from './upkeep/upkeep.module';
import { WebhooksModule } from './webhooks/webhooks.module';

const serves = [
  accountFacts,
  accounts,
  users,
  sessions,
  emails,
  members,
  apiKeys,
  countries,
  currencies,
  authOperators,
  outboxOf('auth'),
];

/** Who people are, what they may do, and the countries and currencies that all agree on. */
@Module({})
export class AppModule {
  static forRoot(config: AuthConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'auth', serves }),
        JobsModule.forRoot({ redisUrl: config.redisUrl, prefix: config.redisPrefix }),
        PersistenceModule.forRoot(persistence(config)),
        AccountsModule,
        ProfileModule,
        SessionsModule,
        EmailsModule,
        MembersModule,
        ApiKeysModule,
        BalancesModule,
        CountriesModule,
        CurrenciesModule,
        OperatorsModule,
        UpkeepModule,
        WebhooksModule,
      ],
    };
  }
}
