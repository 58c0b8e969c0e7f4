import { Injectable } from '@nestjs/common';
import type { Country, CurrencyChoice } from '@open-cpo/contracts';
import { columnsBut, Transactions } from '@open-cpo/persistence';
import { CountryEntity } from './country.entity';

const ALL = `select ${columnsBut(CountryEntity, 'c')} from countries c order by id`;
const CURRENCIES = 'select code, decimals from currencies order by code';

/** The countries, read once: they change by migrations only, and those come before the processes that need them. */
@Injectable()
export class Countries {
  private loaded?: Promise<ReadonlyMap<number, Country>>;
  private codes?: Promise<CurrencyChoice[]>;

  constructor(private readonly transactions: Transactions) {}

  /** Ascending by id. */
  async all(): Promise<Country[]> {
    return [...(await this.known()).values()];
  }

  async byId(id: number): Promise<Country | undefined> {
    return (await this.known()).get(id);
  }

  /** The currencies that there are rates for, ascending by code. */
  currencies(): Promise<CurrencyChoice[]> {
    const read = () => this.transactions.query<CurrencyChoice>(CURRENCIES, [], 'countries.currencies');
    this.codes ??= read().catch((error: unknown) => {
      this.codes = undefined;
      throw error;
    });
    return this.codes;
  }

  private known(): Promise<ReadonlyMap<number, Country>> {
    this.loaded ??= this.load().catch((error: unknown) => {
      this.loaded = undefined;
      throw error;
    });
    return this.loaded;
  }

  private async load(): Promise<ReadonlyMap<number, Country>> {
    const rows = await this.transactions.asService(() => this.transactions.query<Country>(ALL, [], 'countries.all'));
    return new Map(rows.map((row) => [row.id, row]));
  }
}
