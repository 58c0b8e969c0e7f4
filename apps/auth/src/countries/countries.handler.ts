import { Controller } from '@nestjs/common';
import {
  type Country,
  type CountryDetail,
  type CountryRef,
  countries,
  type HandlersOf,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { AuthConfig } from '../config';
import { Countries } from './countries.repository';
import { detail } from './country.views';

/** Countries for forms. */
@Controller()
export class CountriesHandler implements HandlersOf<typeof countries> {
  constructor(
    private readonly repository: Countries,
    private readonly config: AuthConfig,
  ) {}

  @Handles(countries.all)
  all(): Promise<Country[]> {
    return this.repository.all();
  }

  @Handles(countries.one)
  async one({ id }: CountryRef): Promise<CountryDetail> {
    const country = await this.repository.byId(id);
    if (!country) throw new Refusal('not_found');
    return detail(country, this.config.publicUrl);
  }
}
