import { type DynamicModule, Module } from '@nestjs/common';
import { outboxOf, workforceOperators, workforceWorkers } from '@open-cpo/contracts';
import { MessagingModule } from '@open-cpo/messaging';
import { CurrencyRatesModule, outboxOperators, PersistenceModule } from '@open-cpo/persistence';
import { CashConsumer } from './cash/cash.consumer';
import { OperatorsHandler } from './cash/operators.handler';
import type { WorkforceConfig } from './config';
import { database } from './data-source';
import { WorkersHandler } from './workers/workers.handler';
import { repositories } from './workforce.providers';

/** The workforce service: who serves an owner's power centers, with which card, and what cash they hold. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool }: WorkforceConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({
          service: 'workforce',
          serves: [workforceWorkers, workforceOperators, outboxOf('workforce')],
        }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        CurrencyRatesModule.forRoot('workforce'),
      ],
      controllers: [WorkersHandler, OperatorsHandler, outboxOperators('workforce')],
      providers: [...repositories, CashConsumer],
    };
  }
}
