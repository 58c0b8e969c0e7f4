import { Module } from '@nestjs/common';
import { AuthGauges } from '../metrics/auth-gauges';
import { PrivacyModule } from '../privacy/privacy.module';
import { Upkeep } from './upkeep';

@Module({ imports: [PrivacyModule], providers: [AuthGauges, Upkeep], exports: [Upkeep] })
export class UpkeepModule {}
