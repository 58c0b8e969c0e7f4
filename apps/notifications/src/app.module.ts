import { type DynamicModule, Module } from '@nestjs/common';
import { delivering, feed, notificationsAudit, outboxOf, secretsOf, webhooks } from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import {
  auditReader,
  outboxOperators,
  PersistenceModule,
  SealedColumns,
  secretsOperators,
} from '@open-cpo/persistence';
import { brokerUses } from './broker';
import type { NotificationsConfig } from './config';
import { database } from './data-source';
import { FeedHandler } from './feed/feed.handler';
import { NotificationsSealedColumns } from './secrets/sealed-columns';
import { DeliveringHandler } from './webhooks/delivering.handler';
import { WebhooksHandler } from './webhooks/webhooks.handler';
import { consumers, useCases } from './notifications.providers';

/** The notifications service: the live feed of owners' events, and webhooks. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool, redisUrl, redisPrefix }: NotificationsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({
          service: 'notifications',
          uses: brokerUses,
          serves: [
            feed,
            webhooks,
            delivering,
            outboxOf('notifications'),
            secretsOf('notifications'),
            notificationsAudit,
          ],
        }),
        EventsModule,
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
      ],
      controllers: [
        FeedHandler,
        WebhooksHandler,
        DeliveringHandler,
        outboxOperators('notifications'),
        secretsOperators('notifications'),
        auditReader('notifications'),
      ],
      providers: [...useCases, ...consumers, { provide: SealedColumns, useClass: NotificationsSealedColumns }],
    };
  }
}
