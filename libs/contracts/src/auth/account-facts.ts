import { ApiProperty } from '../core/documentation';
import { operations, read } from '../core/operation';
import { Id } from '../fields';

export class AccountQuery {
  @Id() accountId: number;
}

/** What other services need to know of an account outside of its requests. */
export class AccountFacts {
  @ApiProperty() accountId: number;
  /** Its first owner, a user. */
  @ApiProperty() ownerId: number;
  @ApiProperty() countryId: number;
  /** ISO 4217. */
  @ApiProperty() currency: string;
  /** IANA. */
  @ApiProperty() timeZone: string;
}

/** For services; no route leads here. */
export const accountFacts = operations('auth.account-facts', {
  /** Refuses `not_found`. */
  one: read(AccountQuery, AccountFacts),
});
