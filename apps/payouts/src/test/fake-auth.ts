import { Controller, Module } from '@nestjs/common';
import {
  type AccountFacts,
  accountFacts,
  type AccountQuery,
  confirmations,
  type ConfirmPassword,
  type ConfirmSecondFactor,
  countries,
  type Country,
  type HandlersOf,
  Refusal,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestApp, stopTestApp, type TestBroker } from '@open-cpo/testing';

const country = (id: number, iso: string): Country => ({
  id,
  name: iso,
  iso,
  time_zone: 'UTC',
  latitude: '0',
  longitude: '0',
  phone_code: '1',
  contact_number: '1',
  email: 'support@example.com',
  currency: 'USD',
  currency_iso: 'USD',
});

/** 1 and 2 have Stripe, 3 has not. */
const COUNTRIES = [country(1, 'US'), country(2, 'DZ'), country(3, 'KP')];

/** What auth knows of accounts. */
@Controller()
export class FakeAuth implements HandlersOf<typeof accountFacts>, HandlersOf<typeof confirmations> {
  /** Account -> country; an account that is missing is unknown, 0 is no country. */
  readonly countryOf = new Map([
    [1, 2],
    [2, 1],
  ]);

  @Handles(accountFacts.one)
  async one({ accountId }: AccountQuery): Promise<AccountFacts> {
    const countryId = this.countryOf.get(accountId);
    if (countryId === undefined) throw new Refusal('not_found');
    return Promise.resolve({ accountId, ownerId: accountId, countryId, currency: 'USD', timeZone: 'UTC' });
  }

  /** There is one password. */
  @Handles(confirmations.password)
  async password({ password }: ConfirmPassword): Promise<void> {
    const message = 'The current password is incorrect.';
    if (password !== 'right')
      throw new Refusal('validation_failed', { message, fields: { current_password: [message] } });
    return Promise.resolve();
  }

  /** There is one code. */
  @Handles(confirmations.secondFactor)
  async secondFactor({ code }: ConfirmSecondFactor): Promise<void> {
    const message = 'The second factor code is incorrect.';
    if (code !== '123456')
      throw new Refusal('validation_failed', { message, fields: { second_factor_code: [message] } });
    return Promise.resolve();
  }

  @Handles(countries.all)
  all(): Promise<Country[]> {
    return Promise.resolve(COUNTRIES);
  }
}

@Module({ controllers: [FakeAuth] })
class FakeAuthModule {}

export async function startFakeAuth(broker: TestBroker): Promise<{ known: FakeAuth; stop(): Promise<void> }> {
  const serves = [{ one: accountFacts.one }, { all: countries.all }, confirmations];
  const app = await startTestApp({ broker, module: FakeAuthModule, serves, name: 'auth' });
  return { known: app.get(FakeAuth), stop: () => stopTestApp(app) };
}
