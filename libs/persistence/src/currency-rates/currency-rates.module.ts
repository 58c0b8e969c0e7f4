import { type DynamicModule, Injectable, Module } from '@nestjs/common';
import { ratesChanged, type RateTable } from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/events';
import { CurrencyRates } from './currency-rates';
import { RateStore } from './rate-store';

/** The consumer that keeps a service's table; its name belongs to the service. */
function consumerOf(service: string) {
  @Injectable()
  class RateConsumer {
    constructor(readonly store: RateStore) {}

    @Consumes(ratesChanged, { as: `${service}-rates` })
    async keep(table: RateTable): Promise<void> {
      await this.store.keep(table);
    }
  }
  return RateConsumer;
}

/**
 * Gives a service `CurrencyRates`. The service adds `CurrencyRate` to its entities and
 * `CurrencyRatesTable1700000001000` to its migrations.
 */
@Module({})
export class CurrencyRatesModule {
  static forRoot(service: string): DynamicModule {
    return {
      module: CurrencyRatesModule,
      global: true,
      providers: [RateStore, CurrencyRates, consumerOf(service)],
      exports: [CurrencyRates],
    };
  }
}
