import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { ApiKeysModule } from '../api-keys/api-keys.module';
import { EmailsModule } from '../emails/emails.module';
import { NoticesModule } from '../notices/notices.module';
import { PasswordsModule } from '../passwords/passwords.module';
import { SessionsModule } from '../sessions/sessions.module';
import { UsersModule } from '../users/users.module';
import { InvitationEnds } from './invitation-ends';
import { InvitationsHandler } from './invitations.handler';
import { Invitations } from './invitations.repository';
import { Inviting } from './inviting';
import { Joining } from './joining';
import { MemberEnds } from './member-ends';
import { MembersHandler } from './members.handler';
import { Members } from './members.repository';

@Module({
  imports: [AccountsModule, ApiKeysModule, EmailsModule, NoticesModule, PasswordsModule, SessionsModule, UsersModule],
  controllers: [MembersHandler, InvitationsHandler],
  providers: [Members, MemberEnds, Invitations, InvitationEnds, Inviting, Joining],
  exports: [InvitationEnds, MemberEnds, Members],
})
export class MembersModule {}
