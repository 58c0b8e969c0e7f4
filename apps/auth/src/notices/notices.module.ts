import { Module } from '@nestjs/common';
import { EmailsModule } from '../emails/emails.module';
import { Notices } from './notices';

@Module({ imports: [EmailsModule], providers: [Notices], exports: [Notices] })
export class NoticesModule {}
