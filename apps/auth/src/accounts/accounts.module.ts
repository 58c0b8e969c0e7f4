import { Module } from '@nestjs/common';
import { CountriesModule } from '../countries/countries.module';
import { CurrenciesModule } from '../currencies/currencies.module';
import { EmailsModule } from '../emails/emails.module';
import { PasswordsModule } from '../passwords/passwords.module';
import { SecondFactorsModule } from '../second-factors/second-factors.module';
import { SecurityModule } from '../security/security.module';
import { SessionsModule } from '../sessions/sessions.module';
import { ThrottleModule } from '../throttle/throttle.module';
import { UsersModule } from '../users/users.module';
import { VerificationsModule } from '../verifications/verifications.module';
import { Activation } from './activation';
import { CodeLetters } from './code-letters';
import { LoginHandler } from './login.handler';
import { Entries } from './entries';
import { PasskeyLoginHandler } from './passkey-login.handler';
import { PasswordChange } from './password-change';
import { PendingLogins } from './pending-logins';
import { Places } from './places';
import { RegistrationHandler } from './registration.handler';
import { ResetHandler } from './reset.handler';

@Module({
  imports: [
    CountriesModule,
    CurrenciesModule,
    EmailsModule,
    PasswordsModule,
    SecondFactorsModule,
    SecurityModule,
    SessionsModule,
    ThrottleModule,
    UsersModule,
    VerificationsModule,
  ],
  controllers: [LoginHandler, PasskeyLoginHandler, RegistrationHandler, ResetHandler],
  providers: [Activation, CodeLetters, Entries, PasswordChange, PendingLogins, Places],
  exports: [Entries, PasswordChange, Places],
})
export class AccountsModule {}
