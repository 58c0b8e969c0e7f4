import { Controller, Module } from '@nestjs/common';
import {
  type ChargerLimits,
  chargerLimits,
  chargers as chargerOperations,
  type NewCharger,
  Refusal,
  type SiteMembers,
  type SiteMembersQuery,
  sites,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { asUser, type SimulatedCharger, SimulatedStation, startTestApp, stopTestApp, until } from '@open-cpo/testing';
import { CurrentLimits } from './limits/current-limits';
import { MAX_CONNECTORS } from './protocol/connector-states';
import { CARDS, type Chargers, owner, rival, startChargers } from './test/chargers';

const WORKER = '04A2B1C6';
/** What stations answers, by site. */
const SITES = new Map<number, number[]>();
/** Called while stations is asked. */
let whileAsked = async (_id: number): Promise<void> => undefined;

@Controller()
class SitesOfStations {
  @Handles(sites.members)
  async members({ id, accountId }: SiteMembersQuery): Promise<SiteMembers> {
    await whileAsked(id);
    const charge_point_ids = SITES.get(id);
    if (!charge_point_ids) throw new Refusal('not_found');
    if (accountId !== 1) throw new Refusal('forbidden');
    return { charge_point_ids };
  }
}

@Module({ controllers: [SitesOfStations] })
class StationsModule {}

type Profile = { chargingProfilePurpose: string; chargingSchedule: { chargingSchedulePeriod: { limit: number }[] } };

/** A charger of OCPP 1.6 that keeps its charging profiles. */
class Limited {
  readonly amperes = new Map<number, number>();
  /** Purposes, in the order in which they came. */
  readonly purposes: string[] = [];
  accepts = true;

  constructor(readonly socket: SimulatedCharger) {
    socket.answers.set('SetChargingProfile', ({ connectorId, csChargingProfiles }) => {
      const { chargingProfilePurpose, chargingSchedule } = csChargingProfiles as Profile;
      if (!this.accepts) return { status: 'Rejected' };
      this.purposes.push(chargingProfilePurpose);
      this.amperes.set(Number(connectorId), chargingSchedule.chargingSchedulePeriod[0]?.limit ?? -1);
      return { status: 'Accepted' };
    });
    socket.answers.set('ClearChargingProfile', ({ id }) => {
      const known = this.amperes.delete(Number(id) - 700_000);
      return { status: known ? 'Accepted' : 'Unknown' };
    });
  }
}

describe('limits of the current', () => {
  let service: Chargers;
  let stations: Awaited<ReturnType<typeof startTestApp>>;
  let nextChargePoint = 1000;
  const open: SimulatedCharger[] = [];

  beforeAll(async () => {
    service = await startChargers('charger_limits');
    const serves = [{ members: sites.members }];
    stations = await startTestApp({ broker: service.broker, module: StationsModule, serves, name: 'stations' });
    CARDS.set(WORKER, 'known');
  });
  afterAll(async () => {
    if (stations) await stopTestApp(stations);
    await service?.stop();
  });
  afterEach(async () => {
    open.splice(0).forEach((socket) => socket.terminate());
    await service.db.query('delete from site_limits');
  });

  const make = async (): Promise<NewCharger> => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    return service.make(nextChargePoint);
  };
  const settle = ({ id }: NewCharger) =>
    service.db.query(`update chargers set connected_at = now() - interval '1 minute' where id = $1`, [id]);
  const connect = async (charger: NewCharger): Promise<Limited> => {
    const socket = await service.connect(charger);
    open.push(socket);
    await settle(charger);
    return new Limited(socket);
  };
  const run = () => service.service.app.get(CurrentLimits).run();
  const limits = ({ id }: NewCharger): Promise<ChargerLimits> => service.bus.call(chargerLimits.one, { id }, owner());
  const set = ({ id }: NewCharger, connector: number, amperes: number | null): Promise<ChargerLimits> =>
    service.bus.call(chargerLimits.change, { id, connector, amperes }, owner());
  const site = (id: number, amperes: number | null, caller = owner()) =>
    service.bus.call(chargerLimits.changeSite, { id, amperes }, caller);
  /** Runs until something holds. */
  const when = (holds: () => boolean | Promise<boolean>, what: string) =>
    until(async () => {
      await run();
      return holds();
    }, what);
  const have = (chargers: readonly Limited[], ...amperes: (number | undefined)[]) =>
    when(() => chargers.every((one, n) => one.amperes.get(0) === amperes[n]), `the shares to be ${amperes.join(', ')}`);

  it('are set for a connector and the charger, and taken away', async () => {
    const charger = await make();
    expect((await set(charger, 1, 16)).limits).toMatchObject([{ connector: 1, amperes: 16, state: 'waiting' }]);
    const limited = await connect(charger);
    await set(charger, 0, 32);
    await when(async () => (await limits(charger)).limits.every(({ state }) => state === 'applied'), 'the limits');
    expect([...limited.amperes].sort()).toEqual([
      [0, 32],
      [1, 16],
    ]);
    expect([...limited.purposes].sort()).toEqual(['ChargePointMaxProfile', 'TxDefaultProfile']);
    expect((await limits(charger)).limits).toMatchObject([
      { connector: 0, applied: 32 },
      { connector: 1, applied: 16 },
    ]);
    await set(charger, 1, null);
    await when(async () => (await limits(charger)).limits.length === 1, 'the limit to be gone');
    expect([...limited.amperes]).toEqual([[0, 32]]);
  });

  it('are sent again over a new connection', async () => {
    const charger = await make();
    const before = await connect(charger);
    await set(charger, 1, 16);
    await when(() => before.amperes.size === 1, 'the limit');
    const after = await connect(charger);
    await before.socket.closed;
    await when(() => after.amperes.get(1) === 16, 'the limit over the new connection');
  });

  it('of a charger that does not take them are tried again, and of one that cannot are refused', async () => {
    const charger = await make();
    const limited = await connect(charger);
    limited.accepts = false;
    await set(charger, 1, 16);
    await when(async () => (await limits(charger)).limits[0]?.state === 'failing', 'the limit to fail');
    // However often it has failed.
    const attempts = () =>
      service.db.query<{ attempts: number }>('select attempts from current_limits where charger_id = $1', [charger.id]);
    await service.db.query('update current_limits set attempts = 2000, next_at = now() where charger_id = $1', [
      charger.id,
    ]);
    await when(async () => (await attempts())[0]?.attempts === 2001, 'another failure');
    limited.accepts = true;
    await service.db.query('update current_limits set next_at = now() where charger_id = $1', [charger.id]);
    await when(async () => (await limits(charger)).limits[0]?.state === 'applied', 'the limit');
    limited.socket.answers.delete('SetChargingProfile');
    await set(charger, 1, 20);
    await when(async () => (await limits(charger)).limits[0]?.state === 'unsupported', 'the answer');
    await expect(set(charger, 1, 25)).rejects.toMatchObject({ code: 'conflict' });
    await limited.socket.boot();
    limited.socket.answers.set('SetChargingProfile', () => ({ status: 'Accepted' }));
    await when(async () => (await limits(charger)).limits[0]?.applied === 20, 'the limit after the start');
  });

  it('are set at a charger of OCPP 2.0.1', async () => {
    const charger = await make();
    const { identity, credential } = charger;
    const station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    open.push(station.charger);
    await settle(charger);
    station.charger.answers.set('SetChargingProfile', () => ({ status: 'Accepted' }));
    station.charger.answers.set('ClearChargingProfile', () => ({ status: 'Unknown' }));
    await set(charger, 0, 32);
    await when(async () => (await limits(charger)).limits[0]?.state === 'applied', 'the limit');
    expect(station.charger.calls[0]?.payload).toMatchObject({
      evseId: 0,
      chargingProfile: { chargingProfilePurpose: 'ChargingStationMaxProfile', chargingProfileKind: 'Absolute' },
    });
    await set(charger, 0, null);
    await when(async () => (await limits(charger)).limits.length === 0, 'the limit to be gone');
  });

  it('of a site are shared by the chargers that charge, and never more together', async () => {
    const chargers = [await make(), await make()] as const;
    const limited = [await connect(chargers[0]), await connect(chargers[1])] as const;
    SITES.set(
      50,
      chargers.map(({ charge_point_id }) => charge_point_id),
    );
    const sums: number[] = [];
    limited.forEach(({ socket }) => {
      const answer = socket.answers.get('SetChargingProfile');
      socket.answers.set('SetChargingProfile', (payload) => {
        const response = answer?.(payload);
        if (limited.every((one) => one.amperes.size > 0)) {
          sums.push(limited.reduce((sum, one) => sum + (one.amperes.get(0) ?? 0), 0));
        }
        return response;
      });
    });
    await site(50, 60);
    await have(limited, 30, 30);
    const first = await limited[0].socket.start({ idTag: WORKER, meterStart: 0 });
    await have(limited, 54, 6);
    await limited[1].socket.start({ idTag: WORKER, meterStart: 0 });
    await have(limited, 30, 30);
    // The smaller counts.
    await set(chargers[0], 0, 16);
    await have(limited, 16, 44);
    await limited[0].socket.stop(first.id, 10);
    await have(limited, 6, 54);
    // One that is away keeps what it has.
    limited[1].socket.terminate();
    await until(
      async () =>
        (
          await service.db.query('select 1 from chargers where id = $1 and disconnected_at is not null', [
            chargers[1].id,
          ])
        ).length > 0,
      'the connection to be gone',
    );
    await have([limited[0]], 6);
    const shown = await service.bus.call(chargerLimits.site, { id: 50 }, owner());
    expect(shown).toMatchObject({ amperes: 60, chargers: [{ target: 6, state: 'applied' }, { target: 54 }] });
    expect(await limits(chargers[0])).toMatchObject({ site_id: 50, site_amperes: 60 });
    expect(Math.max(...sums)).toBeLessThanOrEqual(60);
    // Without the limit of the site its own is left.
    await site(50, null);
    await have([limited[0]], 16);
  });

  it('are those of the account alone, audited, and in bounds', async () => {
    const charger = await make();
    SITES.set(51, [charger.charge_point_id]);
    const change = { id: charger.id, connector: 1, amperes: 16 };
    await expect(service.bus.call(chargerLimits.change, change, rival())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(service.bus.call(chargerLimits.one, { id: charger.id }, rival())).rejects.toMatchObject({
      code: 'forbidden',
    });
    await expect(site(51, 60, rival())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(site(99, 60)).rejects.toMatchObject({ code: 'not_found' });
    await expect(set(charger, 1, 5)).rejects.toMatchObject({ fields: { amperes: [expect.any(String)] } });
    await expect(set(charger, 1, 1e6)).rejects.toMatchObject({ fields: { amperes: [expect.any(String)] } });
    await site(51, 60);
    const entries = await service.db.query(
      `select after from audit_log where subject = 'charging_site' and subject_id = '51'`,
    );
    expect(entries).toEqual([{ after: { amperes: 60 } }]);
    // A site that is gone has no limit any more.
    SITES.delete(51);
    await service.db.query(`update site_limits set members_at = now() - interval '2 minutes'`);
    await run();
    expect(await service.db.query('select 1 from site_limits where site_id = 51')).toEqual([]);
  });

  it('of sites are read also where one of them cannot be', async () => {
    for (const id of [57, 58, 59]) SITES.set(id, []);
    for (const id of [57, 58, 59]) await site(id, 60);
    const later = () => service.db.query(`update site_limits set members_at = now() - interval '2 minutes'`);
    const charger = await make();
    SITES.set(58, [charger.charge_point_id]).set(59, [charger.charge_point_id]);
    await later();
    whileAsked = async (id) => {
      if (id === 57) throw new Refusal('service_unavailable');
    };
    await run();
    whileAsked = async () => undefined;
    const members = await service.db.query<{ site_id: number; n: number }>(
      `select site_id, cardinality(charge_points) as n from site_limits where site_id in (57, 58, 59) order by 1`,
    );
    expect(members.map(({ n }) => n)).toEqual([0, 1, 1]);
  });

  it('of a site are changed in a transaction that does not wait for stations', async () => {
    SITES.set(56, []);
    const waiting: unknown[] = [];
    let asked = 0;
    whileAsked = async () => {
      asked += 1;
      const found = await service.db.query(
        `select query from pg_stat_activity
         where datname = current_database() and state = 'idle in transaction' and query ilike '%idempotency%'`,
      );
      waiting.push(...found);
    };
    const caller = asUser({ accountId: 1, userId: 11, idempotencyKey: 'limit of a site' });
    expect(await site(56, 60, caller)).toMatchObject({ amperes: 60 });
    whileAsked = async () => undefined;
    expect({ asked, waiting }).toEqual({ asked: 1, waiting: [] });
  });

  it('of a power center that has moved are those of its new site, while the old one is not read again yet', async () => {
    const charger = await make();
    const limited = await connect(charger);
    SITES.set(52, [charger.charge_point_id]).set(53, []);
    await site(52, 60);
    await have([limited], 60);
    SITES.set(52, []).set(53, [charger.charge_point_id]);
    await site(53, 40);
    await have([limited], 40);
    expect(await limits(charger)).toMatchObject({ site_id: 53, site_amperes: 40 });
  });

  it('of many connectors are sent one after the other, and are bounded', async () => {
    const charger = await make();
    await set(charger, 0, 63);
    await service.db.query(
      `insert into current_limits (charger_id, connector, account_id, amperes, target)
       select $1, n, 1, 16, 16 from generate_series(1, ${MAX_CONNECTORS}) n`,
      [charger.id],
    );
    await expect(set(charger, MAX_CONNECTORS + 1, 16)).rejects.toMatchObject({
      fields: { connector: [expect.any(String)] },
    });
    await set(charger, MAX_CONNECTORS, 20);
    // Nothing is there to take away.
    expect((await set(charger, MAX_CONNECTORS + 1, null)).limits).toHaveLength(MAX_CONNECTORS + 1);
    const limited = await connect(charger);
    const queued = () =>
      service.db.query(`select 1 from commands where charger_id = $1 and state in ('queued', 'sent')`, [charger.id]);
    await when(async () => {
      expect((await queued()).length).toBeLessThanOrEqual(1);
      return limited.amperes.size >= 3;
    }, 'some limits');
    expect([...limited.amperes.keys()][0]).toBe(0);
  });

  it('that have no room do not keep later ones from being raised', async () => {
    const charger = await make();
    const limited = await connect(charger);
    SITES.set(54, [charger.charge_point_id]);
    await set(charger, 0, 10);
    await site(54, 10);
    await have([limited], 10);
    // As many as are looked at in a run, of a site whose room is that of a charger that has not answered yet.
    await service.db.query(`
      insert into chargers (account_id, charge_point_id, identity, connected_at)
      select 1, 90000 + n, 'FULL' || n, now() - interval '1 hour' from generate_series(0, 100) n`);
    await service.db.query(`
      insert into current_limits (charger_id, connector, account_id, target, most, applied, generation, next_at)
      select id, 0, 1, 6, 0, 0, generation, now() - interval '1 hour' from chargers where charge_point_id > 90000`);
    await service.db.query(`
      with hog as (select id from chargers where charge_point_id = 90000), lower as (
        insert into commands (charger_id, account_id, type, request, state, expires_at)
        select id, 1, 'limit', '{}', 'sent', now() + interval '1 hour' from hog returning id)
      insert into current_limits (charger_id, connector, account_id, target, most, command_id)
      select hog.id, 0, 1, 6, 606, lower.id from hog, lower`);
    SITES.set(
      55,
      Array.from({ length: 101 }, (_, n) => 90_000 + n),
    );
    await site(55, 606);
    await set(charger, 0, 16);
    await site(54, 16);
    await have([limited], 16);
    const blocked = await service.db.query(
      `select 1 from current_limits l join chargers c on c.id = l.charger_id
       where c.charge_point_id > 90000 and l.target = 6 and l.most = 0 and l.command_id is null`,
    );
    expect(blocked).toHaveLength(100);
    await service.db.query(`update chargers set deleted_at = now() where charge_point_id >= 90000`);
  });

  it('of one account that cannot be kept do not stop those of others', async () => {
    const charger = await make();
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint, 2);
    const other = await service.bus.call(chargerOperations.create, { charge_point_id: nextChargePoint }, rival());
    await service.bus.call(chargerLimits.change, { id: other.id, connector: 1, amperes: 16 }, rival());
    await service.db.query('update current_limits set target = null where charger_id = $1', [other.id]);
    await service.db.query(`
      create function refuse_two() returns trigger language plpgsql as $$
        begin if new.account_id = 2 then raise exception 'refused'; end if; return new; end $$`);
    await service.db.query(
      'create trigger refuse_two before update on current_limits for each row execute function refuse_two()',
    );
    const limited = await connect(charger);
    await set(charger, 1, 16);
    await when(() => limited.amperes.get(1) === 16, 'the limit of the other account').finally(() =>
      service.db.query('drop function refuse_two() cascade'),
    );
    expect(await service.db.query('select target from current_limits where charger_id = $1', [other.id])).toEqual([
      { target: null },
    ]);
  });
});
