import { Controller, Module } from '@nestjs/common';
import { countries, type Country, type CountryDetail, type HandlersOf, Refusal } from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { startTestApp, stopTestApp, type TestBroker } from '@open-cpo/testing';

const country = (id: number, name: string) => ({ id, name }) as Country;

/** Auth's countries, and how often it was asked. */
export const TOLD = { countries: [] as Country[], asked: 0 };

@Controller()
class CountriesOfAuth implements HandlersOf<typeof countries> {
  @Handles(countries.all)
  async all(): Promise<Country[]> {
    TOLD.asked += 1;
    return TOLD.countries;
  }

  @Handles(countries.one)
  async one(): Promise<CountryDetail> {
    throw new Refusal('not_found');
  }
}

@Module({ controllers: [CountriesOfAuth] })
class AuthModule {}

/** Something that answers for auth, with a handful of countries; ends by what is returned. */
export async function startNeighbourAuth(broker: TestBroker): Promise<() => Promise<void>> {
  TOLD.countries = [country(5, 'Egypt'), country(10, 'Albania'), country(195, 'Algeria')];
  TOLD.asked = 0;
  const app = await startTestApp({ broker, module: AuthModule, serves: [countries], name: 'auth' });
  return () => stopTestApp(app);
}
