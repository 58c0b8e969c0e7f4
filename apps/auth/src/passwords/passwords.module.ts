import { Module } from '@nestjs/common';
import { ThrottleModule } from '../throttle/throttle.module';
import { UsersModule } from '../users/users.module';
import { PasswordCheck } from './password-check';
import { Passwords } from './passwords';

@Module({
  imports: [ThrottleModule, UsersModule],
  providers: [PasswordCheck, Passwords],
  exports: [PasswordCheck, Passwords],
})
export class PasswordsModule {}
