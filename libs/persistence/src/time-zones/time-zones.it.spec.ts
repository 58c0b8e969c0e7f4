import { Metrics } from '@open-cpo/platform';
import { testDatabase, type TestDatabase } from '@open-cpo/testing';
import { type Replica, startReplica } from '../fixture/replica';
import { migrate } from '../index';
import type { TimeZoneProbe } from './probes';
import type { TimeZoneOptions } from './time-zone-data';
import { TimeZonesModule } from './time-zones.module';

let database: TestDatabase;
let replica: Replica | undefined;

beforeAll(async () => {
  database = await testDatabase('time_zones');
  await migrate({ name: 'zones', url: database.ownerUrl });
});
afterEach(async () => {
  await replica?.stop();
  replica = undefined;
});
afterAll(() => database?.drop());

const start = async (options: Partial<TimeZoneOptions> = {}): Promise<Replica> => {
  const module = TimeZonesModule.forRoot({ oldestAccepted: '2025b', ...options });
  return (replica = await startReplica({ name: 'zones', url: database.url }, [module]));
};

/** What Kolkata's clock has been since 1945, and a change of it that no release knows. */
const KOLKATA: TimeZoneProbe = { release: '2023a', zone: 'Asia/Kolkata', at: '2025-01-01T00:00:00Z', minutes: 330 };
const NOT_YET: TimeZoneProbe = { ...KOLKATA, release: '2099a', minutes: 360 };
const LONG_AGO: TimeZoneProbe = { ...NOT_YET, release: '2024a' };

const warnings = (): Record<string, unknown>[] =>
  (replica?.lines ?? [])
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ msg }) => msg === 'Time zone data is out of date');

describe('a process that works with local times', () => {
  it('starts, without a word, when all answers are right', async () => {
    const { app } = await start({ probes: [KOLKATA], lookup: { version: '1.2.3', zones: ['Asia/Kolkata'] } });
    expect(warnings()).toEqual([]);
    const text = await app.get(Metrics).text();
    expect(text).toContain(`open_cpo_time_zone_data_info{source="node",version="${process.versions.tz}"} 1`);
    expect(text).toContain('open_cpo_time_zone_data_info{source="postgresql",version="2023a"} 1');
    expect(text).toContain('open_cpo_time_zone_data_info{source="tz_lookup",version="1.2.3"} 1');
    expect(text).toContain('open_cpo_time_zone_probes_failed{source="node"} 0');
    expect(text).toContain('open_cpo_time_zone_probes_failed{source="postgresql"} 0');
  });

  it('starts with a warning and a metric when what is wrong changed later than what is demanded', async () => {
    const { app } = await start({ probes: [KOLKATA, NOT_YET] });
    expect(warnings()).toMatchObject([{ level: 'warn', postgresql: '2023a', zones: ['Asia/Kolkata'] }]);
    const text = await app.get(Metrics).text();
    expect(text).toContain('open_cpo_time_zone_probes_failed{source="node"} 1');
    expect(text).toContain('open_cpo_time_zone_probes_failed{source="postgresql"} 1');
  });

  it('does not start when PostgreSQL and Node.js lack what is demanded', async () => {
    await expect(start({ probes: [KOLKATA, LONG_AGO] })).rejects.toThrow(
      'Node.js has +05:30 and PostgreSQL has +05:30 for Asia/Kolkata at 2025-01-01T00:00:00Z, which is +06:00 since ' +
        'release 2024a of the time zone database: update Node.js or the files in ICU_TIMEZONE_FILES_DIR and the tzdata ' +
        'package of the PostgreSQL server (docs/operations.md, "Time zone data").',
    );
  });

  it('does not start with data of Node.js that is older than accepted', async () => {
    await expect(start({ probes: [KOLKATA], oldestAccepted: '2099a' })).rejects.toThrow(
      `The time zone data of Node.js is release ${process.versions.tz}, and the oldest accepted one is 2099a`,
    );
  });

  it('does not start with a name of a zone that only PostgreSQL or only Node.js knows', async () => {
    const lookup = (zone: string) => ({ version: '1.0.0', zones: ['UTC', zone] });
    await expect(start({ lookup: lookup('Mars/Olympus') })).rejects.toThrow(
      'Node.js does not know the time zone Mars/Olympus of tz-lookup: update Node.js',
    );
    // A name that was withdrawn in 2020: Node.js still takes it.
    await expect(start({ lookup: lookup('US/Pacific-New') })).rejects.toThrow(
      'PostgreSQL does not know a zone of tz-lookup (time zone "US/Pacific-New" not recognized)',
    );
  });

  it('starts with the data of a machine for development', async () => {
    await expect(start()).resolves.toBeDefined();
  });
});
