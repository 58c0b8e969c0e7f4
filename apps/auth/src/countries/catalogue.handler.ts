import { Controller } from '@nestjs/common';
import { countryCatalogue, type CountryCatalogue, type HandlersOf } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Countries } from './countries.repository';
import { choice } from './country.views';

/** Countries and currencies to choose from, for everybody. */
@Controller()
export class CatalogueHandler implements HandlersOf<typeof countryCatalogue> {
  constructor(private readonly repository: Countries) {}

  @Handles(countryCatalogue.all)
  async all(): Promise<CountryCatalogue> {
    const currencies = await this.repository.currencies();
    const known = new Set(currencies.map(({ code }) => code));
    return { countries: (await this.repository.all()).map((country) => choice(country, known)), currencies };
  }
}
