import { Module } from '@nestjs/common';
import { PayoutsProcessor } from './payouts.processor';

@Module({ providers: [PayoutsProcessor] })
export class PayoutsModule {}
