import { Module } from '@nestjs/common';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { EmailsModule } from '../emails/emails.module';
import { NoticesModule } from '../notices/notices.module';
import { MembersModule } from '../members/members.module';
import { SecondFactorsModule } from '../second-factors/second-factors.module';
import { SecurityModule } from '../security/security.module';
import { SessionsModule } from '../sessions/sessions.module';
import { UsersModule } from '../users/users.module';
import { AccountClosing } from './account-closing';
import { DeletionSweep } from './deletion-sweep';
import { DeletionsHandler } from './deletions.handler';
import { Deletions } from './deletions.repository';
import { Erasure } from './erasure';
import { personalDataModule } from './personal-data.module';
import { UserRetention } from './user-retention';

/** Deletion of users and the retention of their personal data. */
@Module({
  imports: [
    personalDataModule,
    ApiKeysModule,
    EmailsModule,
    MembersModule,
    NoticesModule,
    SecondFactorsModule,
    SecurityModule,
    SessionsModule,
    UsersModule,
  ],
  controllers: [DeletionsHandler],
  providers: [AccountClosing, Deletions, DeletionSweep, Erasure, UserRetention],
  exports: [Erasure, UserRetention],
})
export class PrivacyModule {}
