import { Controller } from '@nestjs/common';
import { type AccountFacts, accountFacts, type AccountQuery, type HandlersOf, Refusal } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Transactions } from '@open-cpo/persistence';
import { firstOwnerOf } from './snapshots';

const ONE = `
  select a.id as "accountId", coalesce(${firstOwnerOf('a.id')}, 0) as "ownerId", a.country_id as "countryId", a.currency, c.time_zone as "timeZone"
  from accounts a join countries c on c.id = a.country_id where a.id = $1`;

/** Tells other services what an account is like. */
@Controller()
export class AccountFactsHandler implements HandlersOf<typeof accountFacts> {
  constructor(private readonly transactions: Transactions) {}

  @Handles(accountFacts.one)
  async one({ accountId }: AccountQuery): Promise<AccountFacts> {
    const found = await this.transactions.first<AccountFacts>(ONE, [accountId], 'account-facts.one');
    if (!found) throw new Refusal('not_found');
    return found;
  }
}
