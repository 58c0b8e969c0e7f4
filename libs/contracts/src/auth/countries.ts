import { ApiProperty } from '../core/documentation';
import { Nothing } from '../core/list-query';
import { list, operations, read } from '../core/operation';
import { Id } from '../fields';

/** A country that accounts and addresses can be in. */
export class Country {
  @ApiProperty({ example: 1 }) id: number;
  @ApiProperty({ example: 'Jordan' }) name: string;
  /** ISO 3166-1 alpha-2. */
  @ApiProperty({ example: 'JO' }) iso: string;
  /** IANA name of the main zone. */
  @ApiProperty({ example: 'Asia/Amman' }) time_zone: string;
  @ApiProperty({ example: '31.95' }) latitude: string;
  @ApiProperty({ example: '35.93333' }) longitude: string;
  /** Digits only. */
  @ApiProperty({ example: '962' }) phone_code: string;
  @ApiProperty({ example: '96265860087' }) contact_number: string;
  @ApiProperty({ example: 'support.jo@open-cpo.example' }) email: string;
  /** What people write. */
  @ApiProperty({ example: 'JD' }) currency: string;
  /** ISO 4217. */
  @ApiProperty({ example: 'JOD', nullable: true, type: String }) currency_iso: string | null;
}

export class CountryDetail extends Country {
  @ApiProperty({ example: 'http://localhost:3000/flags/JO.png' }) flag_url: string;
}

export class CountryRef {
  @Id() id: number;
}

/** A country to choose from. */
export class CountryChoice {
  @ApiProperty({ example: 1 }) id: number;
  @ApiProperty({ example: 'Jordan' }) name: string;
  /** ISO 3166-1 alpha-2. */
  @ApiProperty({ example: 'JO' }) iso: string;
  /** IANA name of the main zone. */
  @ApiProperty({ example: 'Asia/Amman' }) time_zone: string;
  /** ISO 4217; null where the platform has no rate for its currency. */
  @ApiProperty({ example: 'JOD', nullable: true, type: String }) currency: string | null;
}

/** A currency to choose from. */
export class CurrencyChoice {
  /** ISO 4217. */
  @ApiProperty({ example: 'JOD' }) code: string;
  /** Digits after the point of its amounts. */
  @ApiProperty({ example: 3 }) decimals: number;
}

export class CountryCatalogue {
  /** Ascending by id. */
  @ApiProperty({ type: [CountryChoice] }) countries: CountryChoice[];
  /** Ascending by code. */
  @ApiProperty({ type: [CurrencyChoice] }) currencies: CurrencyChoice[];
}

export const countries = operations('auth.countries', {
  /** Ascending by id. */
  all: read(Nothing, list(Country)),
  one: read(CountryRef, CountryDetail),
});

/** For forms, such as that of a registration, before there is a token. */
export const countryCatalogue = operations('auth.catalogue', {
  all: read(Nothing, CountryCatalogue),
});
