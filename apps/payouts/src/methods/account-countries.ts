import { Injectable } from '@nestjs/common';
import { accountFacts, countries, Refusal } from '@open-cpo/contracts';
import { Bus, internalCaller } from '@open-cpo/messaging';

export const NO_COUNTRY = 'The country field is required.';

/** In which country an account is; auth knows. */
@Injectable()
export class AccountCountries {
  private readonly codes = new Map<number, string>();

  constructor(private readonly bus: Bus) {}

  /**
   * ISO 3166-1 alpha-2.
   * @throws Refusal `validation_failed` on `country` for an account without one
   */
  async of(accountId: number): Promise<string> {
    const id = await this.idOf(accountId);
    const known = this.codes.get(id);
    if (known !== undefined) return known;
    // Countries do not change: one look lasts.
    for (const country of await this.bus.call(countries.all, {}, internalCaller()))
      this.codes.set(country.id, country.iso);
    return this.codes.get(id) ?? refuse();
  }

  private async idOf(accountId: number): Promise<number> {
    try {
      const { countryId } = await this.bus.call(accountFacts.one, { accountId }, internalCaller());
      return countryId || refuse();
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_found') return refuse();
      throw error;
    }
  }
}

function refuse(): never {
  throw new Refusal('validation_failed', { message: NO_COUNTRY, fields: { country: [NO_COUNTRY] } });
}
