import { type DynamicModule, Module } from '@nestjs/common';
import { EventsModule } from '@open-cpo/events';
import { MessagingModule } from '@open-cpo/messaging';
import { CurrencyRates, PersistenceModule } from '@open-cpo/persistence';
import { PlatformModule } from '@open-cpo/platform';
import type { StationsConfig } from '../config';
import { database } from '../data-source';
import type { Rates } from '../money/rates';
import { useCases } from '../stations.providers';
import { DemoNetworks } from './demo-networks';
import { DemoOrganisations } from './demo-organisations';
import { DEMO_RATES } from './networks';

const rates: Rates = {
  has: (code) => Object.hasOwn(DEMO_RATES, code),
  rateOf: (code) => DEMO_RATES[code] ?? '1',
};

/** The service without its ears: what it takes to load the demo while nothing else may be running. */
@Module({})
export class DemoModule {
  static forRoot(config: StationsConfig): DynamicModule {
    return {
      module: DemoModule,
      imports: [
        PlatformModule.forRoot(config, 'stations demo'),
        MessagingModule.forRoot({ service: 'stations' }),
        EventsModule,
        PersistenceModule.forRoot(database(config.databaseUrl)),
      ],
      providers: [...useCases, { provide: CurrencyRates, useValue: rates }, DemoNetworks, DemoOrganisations],
    };
  }
}
