import { Controller } from '@nestjs/common';
import {
  type Batched,
  type Caller,
  type HandlersOf,
  type MapFeature,
  type MapFeatures,
  type MapOfAll,
  type MapOfOne,
  maps,
  ownerOf,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { CurrencyRates } from '@open-cpo/persistence';
import { StationsConfig } from '../config';
import { rateFor } from '../money/rates';
import { featureView, type MapViewer } from './map.views';
import { MapsRepository } from './maps.repository';

@Controller()
export class MapsHandler implements HandlersOf<typeof maps> {
  constructor(
    private readonly repository: MapsRepository,
    private readonly rates: CurrencyRates,
    private readonly config: StationsConfig,
  ) {}

  @Handles(maps.all)
  all(input: MapOfAll, caller: Caller): Batched<MapFeature> {
    const viewer = this.viewer(input, caller);
    const rows = this.repository.all(ownerOf(caller).accountId);
    return rows.map((row) => featureView(row, viewer, this.config));
  }

  @Handles(maps.one)
  async one(input: MapOfOne, caller: Caller): Promise<MapFeatures> {
    const row = await this.repository.owned(input.id, ownerOf(caller).accountId);
    return { type: 'FeatureCollection', features: [featureView(row, this.viewer(input, caller), this.config)] };
  }

  private viewer({ numbers }: MapOfAll, caller: Caller): MapViewer {
    const { ownerId, currency } = ownerOf(caller);
    return { ownerId, currency, rate: rateFor(this.rates, currency), now: new Date(), numbers: numbers ?? false };
  }
}
