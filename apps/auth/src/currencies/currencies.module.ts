import { Module } from '@nestjs/common';
import { CurrenciesHandler } from './currencies.handler';
import { Currencies } from './currencies.repository';
import { RateAnnouncements } from './rate-announcements';

@Module({
  controllers: [CurrenciesHandler],
  providers: [Currencies, RateAnnouncements],
  exports: [Currencies, RateAnnouncements],
})
export class CurrenciesModule {}
