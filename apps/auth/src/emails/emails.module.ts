import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module';
import { EmailLimits } from './email-limits';
import { EmailsHandler } from './emails.handler';
import { OutgoingEmails } from './outgoing-emails';

@Module({
  imports: [SecretsModule],
  controllers: [EmailsHandler],
  providers: [EmailLimits, OutgoingEmails],
  exports: [OutgoingEmails],
})
export class EmailsModule {}
