import { type DynamicModule, Module } from '@nestjs/common';
import { JobsModule } from '@open-cpo/jobs';
import { MessagingModule } from '@open-cpo/messaging';
import { BoardModule } from './board/board.module';
import { brokerUses } from './broker';
import type { WorkerConfig } from './config';
import { EmailsModule } from './emails/emails.module';
import { ExportsModule } from './exports/exports.module';
import { ImportsModule } from './imports/imports.module';
import { PayoutsModule } from './payouts/payouts.module';
import { WebhooksModule } from './webhooks/webhooks.module';

@Module({})
export class AppModule {
  static forRoot({ redisUrl, redisPrefix }: WorkerConfig): DynamicModule {
    return {
      module: AppModule,
      imports: [
        MessagingModule.forRoot({ service: 'worker', uses: brokerUses }),
        JobsModule.forRoot({ redisUrl, prefix: redisPrefix }),
        EmailsModule,
        ExportsModule,
        ImportsModule,
        PayoutsModule,
        WebhooksModule,
        BoardModule,
      ],
    };
  }
}
