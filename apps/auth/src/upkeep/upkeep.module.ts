import { Module } from '@nestjs/common';
import { AuthGauges } from '../metrics/auth-gauges';
import { Upkeep } from './upkeep';

@Module({ providers: [AuthGauges, Upkeep] })
export class UpkeepModule {}
