import { Controller, Inject, Module } from '@nestjs/common';
import {
  type ChargePointPricesChanged,
  type HandlersOf,
  type PricesAt,
  type PricesInForce,
  stationsPrices,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestApp, stopTestApp, type TestBroker } from '@open-cpo/testing';

const VERSIONS = Symbol('versions');

/** Stations as far as it is asked for prices: by default it has none but the published ones. */
@Controller()
export class PriceHistory implements HandlersOf<typeof stationsPrices> {
  constructor(@Inject(VERSIONS) readonly versions: ChargePointPricesChanged[]) {}

  @Handles(stationsPrices.at)
  at({ asked }: PricesAt): Promise<PricesInForce> {
    const wanted = new Set(asked.map(({ id }) => id));
    const versions = this.versions.filter(({ id }) => wanted.has(id));
    return Promise.resolve({ versions, as_of: new Date().toISOString() });
  }
}

@Module({})
class PriceHistoryModule {}

/** Knows these versions from its first answer on. */
export async function startPriceHistory(
  broker: TestBroker,
  versions: readonly ChargePointPricesChanged[] = [],
): Promise<{ known: PriceHistory; stop: () => Promise<void> }> {
  const providers = [{ provide: VERSIONS, useValue: [...versions] }];
  const module = { module: PriceHistoryModule, controllers: [PriceHistory], providers };
  const app = await startTestApp({ broker, module, serves: [stationsPrices], name: 'stations' });
  return { known: app.get(PriceHistory), stop: () => stopTestApp(app) };
}
