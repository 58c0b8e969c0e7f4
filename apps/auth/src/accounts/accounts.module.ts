import { Module } from '@nestjs/common';
import { CountriesModule } from '../countries/countries.module';
import { CurrenciesModule } from '../currencies/currencies.module';
import { EmailsModule } from '../emails/emails.module';
import { MembersModule } from '../members/members.module';
import { PasswordsModule } from '../passwords/passwords.module';
import { SessionsModule } from '../sessions/sessions.module';
import { ThrottleModule } from '../throttle/throttle.module';
import { UsersModule } from '../users/users.module';
import { VerificationsModule } from '../verifications/verifications.module';
import { Activation } from './activation';
import { CodeLetters } from './code-letters';
import { LoginHandler } from './login.handler';
import { PasswordChange } from './password-change';
import { Places } from './places';
import { RegistrationHandler } from './registration.handler';
import { ResetHandler } from './reset.handler';

@Module({
  imports: [
    CountriesModule,
    CurrenciesModule,
    EmailsModule,
    MembersModule,
    PasswordsModule,
    SessionsModule,
    ThrottleModule,
    UsersModule,
    VerificationsModule,
  ],
  controllers: [LoginHandler, RegistrationHandler, ResetHandler],
  providers: [Activation, CodeLetters, PasswordChange, Places],
  exports: [PasswordChange, Places],
})
export class AccountsModule {}
