import { type DynamicModule, Module } from '@nestjs/common';
import { workerImports, workforceAudit, outboxOf, workforceOperators, workforceWorkers } from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import {
  auditReader,
  CurrencyRatesModule,
  importParts,
  outboxOperators,
  PersistenceModule,
} from '@open-cpo/persistence';
import { AccountClosedConsumer } from './accounts/account-closed.consumer';
import { UsersConsumer } from './accounts/users.consumer';
import { brokerUses } from './broker';
import { CashConsumer } from './cash/cash.consumer';
import { OperatorsHandler } from './cash/operators.handler';
import type { WorkforceConfig } from './config';
import { database } from './data-source';
import { WorkerImporter } from './imports/worker.importer';
import { WorkersHandler } from './workers/workers.handler';
import { WorkerRetention } from './workers/worker-retention';
import { repositories } from './workforce.providers';

const imports = importParts({ workers: WorkerImporter });

/** The workforce service: who serves an owner's power centers, with which card, and what cash they hold. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool, redisUrl, redisPrefix }: WorkforceConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({
          service: 'workforce',
          uses: brokerUses,
          serves: [workforceWorkers, workerImports, workforceOperators, outboxOf('workforce'), workforceAudit],
        }),
        EventsModule,
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        CurrencyRatesModule.forRoot('workforce'),
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
      ],
      controllers: [
        WorkersHandler,
        OperatorsHandler,
        outboxOperators('workforce'),
        auditReader('workforce'),
        ...imports.controllers,
      ],
      providers: [
        ...repositories,
        AccountClosedConsumer,
        CashConsumer,
        UsersConsumer,
        WorkerRetention,
        ...imports.providers,
      ],
    };
  }
}
