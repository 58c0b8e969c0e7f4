import { Controller } from '@nestjs/common';
import { type Caller, countries, type CountryRef } from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';

@Controller('api/v3/countries')
export class CountriesController {
  constructor(private readonly bus: Bus) {}

  @Route('GET', '', {
    title: 'Get countries',
    description: 'Lists all countries, ascending by id.',
    calls: countries.all,
    can: 'token',
    cached: [],
  })
  all(@Input() input: object, @From() caller: Caller) {
    return this.bus.bytes(countries.all, input, caller);
  }

  @Route('GET', ':id', {
    title: 'Get country',
    description: 'Answers one country with its time zone, currency and flag.',
    calls: countries.one,
    can: 'token',
    cached: [],
  })
  one(@Input() input: CountryRef, @From() caller: Caller) {
    return this.bus.bytes(countries.one, input, caller);
  }
}
