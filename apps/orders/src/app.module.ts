import { type DynamicModule, Module } from '@nestjs/common';
import {
  feedback,
  feedbackExports,
  orderExports,
  orderImports,
  orders,
  ordersInternal,
  ordersOperators,
  ordersAudit,
  outboxOf,
} from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import {
  auditReader,
  CurrencyRatesModule,
  ExportsModule,
  importParts,
  outboxOperators,
  PersistenceModule,
  TimeZonesModule,
} from '@open-cpo/persistence';
import { brokerUses } from './broker';
import type { OrdersConfig } from './config';
import { database } from './data-source';
import { FeedbackExport } from './exports/feedback.export';
import { OrdersExport } from './exports/orders.export';
import { FeedbackHandler } from './feedback/feedback.handler';
import { OrderImporter } from './imports/order.importer';
import { OperatorsHandler } from './operators/operators.handler';
import { InternalHandler } from './orders/internal.handler';
import { OrdersHandler } from './orders/orders.handler';
import { consumers, useCases } from './orders.providers';

const serves = [
  orders,
  orderExports,
  orderImports,
  ordersInternal,
  feedback,
  feedbackExports,
  ordersOperators,
  outboxOf('orders'),
  ordersAudit,
];

const imports = importParts({ orders: OrderImporter });

/** The orders service: what charging sessions come to, and what drivers think of them. */
@Module({})
export class AppModule {
  static forRoot(config: OrdersConfig): DynamicModule {
    const { databaseUrl, databasePool, redisUrl, redisPrefix, oldestTimeZones } = config;
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'orders', uses: brokerUses, serves }),
        EventsModule,
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
        TimeZonesModule.forRoot({ oldestAccepted: oldestTimeZones }),
        CurrencyRatesModule.forRoot('orders'),
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
        ExportsModule.forRoot({ orders: OrdersExport, feedback: FeedbackExport }),
      ],
      controllers: [
        OrdersHandler,
        InternalHandler,
        FeedbackHandler,
        OperatorsHandler,
        outboxOperators('orders'),
        auditReader('orders'),
        ...imports.controllers,
      ],
      providers: [...useCases, ...consumers, ...imports.providers],
    };
  }
}
