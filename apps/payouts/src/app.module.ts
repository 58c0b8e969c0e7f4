import { type DynamicModule, Module } from '@nestjs/common';
import {
  outboxOf,
  payoutsBalance,
  payoutsMethods,
  payoutsOperators,
  payoutsPayouts,
  payoutsStripe,
} from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { MessagingModule } from '@open-cpo/messaging';
import { CurrencyRatesModule, outboxOperators, PersistenceModule } from '@open-cpo/persistence';
import { BalanceHandler } from './balance/balance.handler';
import type { PayoutsConfig } from './config';
import { database } from './data-source';
import { MethodsHandler } from './methods/methods.handler';
import { OperatorsHandler } from './operators/operators.handler';
import { consumers, useCases } from './payouts.providers';
import { PayoutsHandler } from './payouts/payouts.handler';
import { StripeHandler } from './providers/stripe.handler';

const serves = [payoutsBalance, payoutsMethods, payoutsPayouts, payoutsStripe, payoutsOperators, outboxOf('payouts')];
const handlers = [BalanceHandler, MethodsHandler, PayoutsHandler, StripeHandler, OperatorsHandler];

/** The payouts service: what owners are owed, how they are paid, and the ledger that proves it. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool, redisUrl, redisPrefix }: PayoutsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'payouts', serves }),
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        CurrencyRatesModule.forRoot('payouts'),
      ],
      controllers: [...handlers, outboxOperators('payouts')],
      providers: [...useCases, ...consumers],
    };
  }
}
