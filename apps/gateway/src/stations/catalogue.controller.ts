import { Controller } from '@nestjs/common';
import { type Caller, countryCatalogue, powerCenterCatalogue } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

/** Reference data for forms: the same for everybody, and new with releases only. */
@Controller('api/catalogue')
export class CatalogueController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'Get the kinds of connectors, chargers and amenities',
    description: 'Lists what a power center can be described with, by the ids that creating and updating one take.',
    calls: powerCenterCatalogue.all,
    can: 'public',
  })
  powerCenters(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(powerCenterCatalogue.all, input, caller);
  }

  @Route('GET', 'countries', {
    title: 'Get the countries and currencies to choose from',
    description:
      'Lists countries and currencies by the ids and codes that registration and settings take. No token is needed.',
    calls: countryCatalogue.all,
    can: 'public',
  })
  countries(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(countryCatalogue.all, input, caller);
  }
}
