import { Module } from '@nestjs/common';
import { PasswordsModule } from '../passwords/passwords.module';
import { SecondFactorsModule } from '../second-factors/second-factors.module';
import { UsersModule } from '../users/users.module';
import { ConfirmationsHandler } from './confirmations.handler';

@Module({ imports: [PasswordsModule, SecondFactorsModule, UsersModule], controllers: [ConfirmationsHandler] })
export class ConfirmationsModule {}
