import { Module } from '@nestjs/common';
import { EmailsModule } from '../emails/emails.module';
import { SessionsModule } from '../sessions/sessions.module';
import { UsersModule } from '../users/users.module';
import { Invitations } from './invitations.repository';
import { Inviting } from './inviting';
import { MembersHandler } from './members.handler';
import { Members } from './members.repository';

@Module({
  imports: [EmailsModule, SessionsModule, UsersModule],
  controllers: [MembersHandler],
  providers: [Members, Invitations, Inviting],
  exports: [Invitations],
})
export class MembersModule {}
