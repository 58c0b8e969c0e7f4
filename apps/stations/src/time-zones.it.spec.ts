import { Metrics } from '@open-cpo/platform';
import { startTestApp, stopTestApp, testConfig } from '@open-cpo/testing';
import { AppModule } from './app.module';
import { TIME_ZONE_LOOKUP } from './charge-points/time-zone';
import { StationsConfig } from './config';
import { type Stations, startStations } from './test/stations';

describe('stations', () => {
  let stations: Stations;
  beforeAll(async () => {
    stations = await startStations('time-zones');
  });
  afterAll(() => stations?.stop());

  it('shows the release of its time zone data, and of the package that looks zones up', async () => {
    const text = await stations.service.app.get(Metrics).text();
    expect(text).toContain(`open_cpo_time_zone_data_info{source="tz_lookup",version="${TIME_ZONE_LOOKUP.version}"} 1`);
    expect(text).toMatch(/^open_cpo_time_zone_data_info\{source="postgresql",version="20\d\d[a-z]"\} 1$/m);
  });

  it('does not start with data that is older than accepted', async () => {
    const { broker, db } = stations;
    const config = testConfig(StationsConfig, broker, { DATABASE_URL: db.url, TIME_ZONE_DATA_MINIMUM: '2099a' });
    const starting = startTestApp({ broker, module: AppModule.forRoot(config), config });
    await expect(starting.then(stopTestApp)).rejects.toThrow(/oldest accepted one is 2099a|time zone database: update/);
  });
});
