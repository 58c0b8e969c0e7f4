import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module';
import { EmailsHandler } from './emails.handler';
import { OutgoingEmails } from './outgoing-emails';

@Module({
  imports: [SecretsModule],
  controllers: [EmailsHandler],
  providers: [OutgoingEmails],
  exports: [OutgoingEmails],
})
export class EmailsModule {}
