import { Controller } from '@nestjs/common';
import { type Caller, type MapOfAll, type MapOfOne, maps } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { Answered, G, GEO_JSON } from '../http/answers/success';
import { POWER_CENTERS } from '../http/caching/cache-versions';
import { asksForGeoJson } from '../http/negotiation';
import { Accepting, From, Input, Route } from '../http/route';
import { Lists } from '../http/rows';

const shown = { can: 'power-centers.view', envelope: G, fills: ['numbers'], cached: POWER_CENTERS } as const;

/** Power centers on maps. `Accept: application/geo+json` gets valid GeoJSON, everybody else the recorded form. */
@Controller('api/charge-points')
export class MapsController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  @Route('GET', 'geojson', {
    ...shown,
    title: 'Get all power centers as GeoJSON',
    description:
      'Answers a FeatureCollection with a point for each power center of the account. Coordinates are texts, as published.',
    calls: maps.all,
    rows: 'features',
  })
  all(@Input() input: MapOfAll, @From() caller: Caller, @Accepting() accept?: string) {
    const numbers = asksForGeoJson(accept);
    return new Answered(this.lists.features(maps.all, { ...input, numbers }, caller), numbers ? GEO_JSON : G);
  }

  @Route('GET', ':id/geojson', {
    ...shown,
    title: 'Get single power center as GeoJSON',
    description: 'Answers a FeatureCollection with the point of one power center. Coordinates are texts, as published.',
    calls: maps.one,
  })
  async one(@Input() input: MapOfOne, @From() caller: Caller, @Accepting() accept?: string) {
    const numbers = asksForGeoJson(accept);
    return new Answered(await this.bus.bytes(maps.one, { ...input, numbers }, caller), numbers ? GEO_JSON : G);
  }
}
