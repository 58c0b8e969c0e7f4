import { Injectable } from '@nestjs/common';
import { type OwnUser, Refusal } from '@open-cpo/contracts';
import { Countries } from '../countries/countries.repository';
import type { UserRow } from '../users/user.row';
import { ownUser } from '../users/user.views';
import { Users } from '../users/users.repository';

/** Users as they see themselves. */
@Injectable()
export class Profiles {
  constructor(
    private readonly users: Users,
    private readonly countries: Countries,
  ) {}

  async of(userId: number): Promise<OwnUser> {
    const user = await this.rowOf(userId);
    const country = await this.countries.byId(user.countryId);
    const own = country?.currency_iso === user.currency ? country.id : await this.onlyCountryOf(user.currency);
    return ownUser(user, country, own);
  }

  /** @throws Refusal `unauthenticated`: the token has outlived the user. */
  async rowOf(userId: number): Promise<UserRow> {
    const user = await this.users.byId(userId);
    if (!user) throw new Refusal('unauthenticated');
    return user;
  }

  /** Of a currency of several countries, such as the euro, none is the one. */
  private async onlyCountryOf(currency: string): Promise<number | null> {
    const [first, second] = (await this.countries.all()).filter(({ currency_iso: iso }) => iso === currency);
    return first && !second ? first.id : null;
  }
}
