import { Module } from '@nestjs/common';
import { EmailsModule } from '../emails/emails.module';
import { FaultMails } from './fault-mails';
import { MailSettingsHandler } from './mail-settings.handler';

@Module({ imports: [EmailsModule], controllers: [MailSettingsHandler], providers: [FaultMails] })
export class ChargerFaultsModule {}
