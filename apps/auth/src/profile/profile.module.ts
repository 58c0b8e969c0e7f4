import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/accounts.module';
import { CountriesModule } from '../countries/countries.module';
import { PasswordsModule } from '../passwords/passwords.module';
import { UsersModule } from '../users/users.module';
import { ProfileChange } from './profile-change';
import { ProfileHandler } from './profile.handler';
import { Profiles } from './profiles';
import { Subscriptions } from './subscriptions.repository';
import { UsersHandler } from './users.handler';

@Module({
  imports: [AccountsModule, CountriesModule, PasswordsModule, UsersModule],
  controllers: [ProfileHandler, UsersHandler],
  providers: [ProfileChange, Profiles, Subscriptions],
})
export class ProfileModule {}
