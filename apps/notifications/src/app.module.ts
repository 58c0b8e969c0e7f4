import { type DynamicModule, Module } from '@nestjs/common';
import { delivering, feed, outboxOf, webhooks } from '@open-cpo/contracts';
import { JobsModule } from '@open-cpo/jobs';
import { MessagingModule } from '@open-cpo/messaging';
import { outboxOperators, PersistenceModule } from '@open-cpo/persistence';
import type { NotificationsConfig } from './config';
import { database } from './data-source';
import { FeedHandler } from './feed/feed.handler';
import { DeliveringHandler } from './webhooks/delivering.handler';
import { WebhooksHandler } from './webhooks/webhooks.handler';
import { consumers, useCases } from './notifications.providers';

/** The notifications service: what owners are told, as it happens and again. */
@Module({})
export class AppModule {
  static forRoot({ databaseUrl, databasePool, redisUrl, redisPrefix }: NotificationsConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({
          service: 'notifications',
          serves: [feed, webhooks, delivering, outboxOf('notifications')],
        }),
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
        PersistenceModule.forRoot(database(databaseUrl, databasePool)),
      ],
      controllers: [FeedHandler, WebhooksHandler, DeliveringHandler, outboxOperators('notifications')],
      providers: [...useCases, ...consumers],
    };
  }
}
