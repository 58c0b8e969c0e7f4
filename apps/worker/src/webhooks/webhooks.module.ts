import { Module } from '@nestjs/common';
import { WebhooksProcessor } from './webhooks.processor';

@Module({ providers: [WebhooksProcessor] })
export class WebhooksModule {}
