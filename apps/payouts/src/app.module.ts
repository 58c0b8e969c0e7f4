import { type DynamicModule, Module } from '@nestjs/common';
import {
  payoutsAudit,
  outboxOf,
  payoutsAccounts,
  payoutsBalance,
  payoutsMethods,
  payoutsOperators,
  payoutsPayouts,
  payoutsStops,
  payoutsStripe,
  secretsOf,
} from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import {
  auditReader,
  CurrencyRatesModule,
  outboxOperators,
  PersistenceModule,
  SealedColumns,
  secretsOperators,
} from '@open-cpo/persistence';
import { AccountsHandler } from './accounts/accounts.handler';
import { BalanceHandler } from './balance/balance.handler';
import { brokerUses } from './broker';
import type { PayoutsConfig } from './config';
import { database } from './data-source';
import { MethodsHandler } from './methods/methods.handler';
import { StopsHandler } from './methods/stops.handler';
import { OperatorsHandler } from './operators/operators.handler';
import { consumers, useCases } from './payouts.providers';
import { PayoutsHandler } from './payouts/payouts.handler';
import { PayoutsSealedColumns } from './secrets/sealed-columns';
import { StripeHandler } from './providers/stripe.handler';

const serves = [
  payoutsAccounts,
  payoutsBalance,
  payoutsMethods,
  payoutsPayouts,
  payoutsStops,
  payoutsStripe,
  payoutsOperators,
  outboxOf('payouts'),
  secretsOf('payouts'),
  payoutsAudit,
];
const handlers = [
  AccountsHandler,
  BalanceHandler,
  MethodsHandler,
  PayoutsHandler,
  StopsHandler,
  StripeHandler,
  OperatorsHandler,
];

/** The payouts service: what owners are owed, how they are paid, and the ledger that proves it. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool, redisUrl, redisPrefix }: PayoutsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'payouts', uses: brokerUses, serves }),
        EventsModule,
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        CurrencyRatesModule.forRoot('payouts'),
      ],
      controllers: [...handlers, outboxOperators('payouts'), secretsOperators('payouts'), auditReader('payouts')],
      providers: [...useCases, ...consumers, { provide: SealedColumns, useClass: PayoutsSealedColumns }],
    };
  }
}
