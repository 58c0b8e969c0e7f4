import { Injectable } from '@nestjs/common';
import type { FieldErrors } from '@open-cpo/contracts';
import { Countries } from '../countries/countries.repository';
import { Currencies } from '../currencies/currencies.repository';

interface Place {
  readonly country_id?: number;
  readonly currency?: string | null;
}

const FALLBACK = 'USD';

/** Which countries and currencies an account can have. */
@Injectable()
export class Places {
  constructor(
    private readonly countries: Countries,
    private readonly currencies: Currencies,
  ) {}

  /** Adds what does not exist to `errors`, and answers the currency: the one asked for, else the country's. */
  async judge({ country_id: id, currency }: Place, errors: FieldErrors): Promise<string> {
    const country = id === undefined ? undefined : await this.countries.byId(id);
    if (id !== undefined && !country) errors.add('country_id', 'The selected country id is invalid.');
    const asked = currency?.toUpperCase();
    if (asked && !(await this.currencies.byCode(asked))) {
      errors.add('currency', 'The selected currency is invalid.');
    }
    return asked ?? (await this.ofCountry(country?.currency_iso ?? country?.currency));
  }

  /** ISO 3166-1 alpha-2. */
  async isoOf(countryId: number): Promise<string | undefined> {
    return (await this.countries.byId(countryId))?.iso;
  }

  /** A country of the documented samples has no ISO code; what people write there is one. */
  private async ofCountry(code: string | undefined): Promise<string> {
    return code && (await this.currencies.byCode(code)) ? code : FALLBACK;
  }
}
