import { Module } from '@nestjs/common';
import { SecretsModule } from '../secrets/secrets.module';
import { ThrottleModule } from '../throttle/throttle.module';
import { Registrations } from './registrations.repository';
import { Verifications } from './verifications';
import { VerificationTable } from './verifications.repository';

@Module({
  imports: [SecretsModule, ThrottleModule],
  providers: [Registrations, Verifications, VerificationTable],
  exports: [Registrations, Verifications],
})
export class VerificationsModule {}
