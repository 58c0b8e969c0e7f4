import { Module } from '@nestjs/common';
import { EmailsModule } from '../emails/emails.module';
import { DisabledWebhooks } from './disabled-webhooks';

@Module({ imports: [EmailsModule], providers: [DisabledWebhooks] })
export class WebhooksModule {}
