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

export const countries = operations('auth.countries', {
  /** Ascending by id. */
  all: read(Nothing, list(Country)),
  one: read(CountryRef, CountryDetail),
});
