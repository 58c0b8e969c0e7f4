import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module';
import { SecurityModule } from '../security/security.module';
import { ThrottleModule } from '../throttle/throttle.module';
import { UsersModule } from '../users/users.module';
import { Registrations } from './registrations.repository';
import { Verifications } from './verifications';
import { VerificationTable } from './verifications.repository';

@Module({
  imports: [SecretsModule, SecurityModule, ThrottleModule, UsersModule],
  providers: [Registrations, Verifications, VerificationTable],
  exports: [Registrations, Verifications],
})
export class VerificationsModule {}
