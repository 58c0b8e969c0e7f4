import { randomUUID } from 'node:crypto';
import { stationsBackEnds } from '@open-cpo/contracts';
import { Broker, internalCaller } from '@open-cpo/messaging';
import { startTestClient, until } from '@open-cpo/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { make, one, owner, rival } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

describe('a charging back end with a credential of its own', () => {
  let stations: Stations;
  let client: Awaited<ReturnType<typeof startTestClient>>;
  let own: { id: number; token: string };
  let foreign: { id: number; token: string };

  beforeAll(async () => {
    stations = await startStations('back_ends');
    client = await startTestClient(stations.broker);
  });
  afterAll(async () => {
    await client?.stop();
    await stations?.stop();
  });
  beforeEach(async () => {
    await empty(stations);
    await stations.db.query('truncate charging_back_ends, back_end_grants, unknown_reports restart identity');
    own = await make(stations);
    foreign = await make(stations, {}, rival());
    await command('add', { name: 'acme' });
  });

  const command = (
    name: 'add' | 'remove' | 'assign' | 'unassign',
    input: { name: string; account_id?: number; charge_point_id?: number },
  ) => stations.bus.call(stationsBackEnds[name], { ...input, by: 'me' }, internalCaller());
  const connected = async (about: object, backEnd = 'acme'): Promise<void> => {
    const nats = client.app.get(Broker).connection();
    await until(async () => (await jetstreamManager(nats)).streams.info('CHARGING').then(Boolean, () => false));
    const head = headers();
    head.set('Nats-Msg-Id', randomUUID());
    const body = { version: 1, time: new Date().toISOString(), ...about };
    await jetstream(nats).publish(`charging.charger.connected.${backEnd}`, JSON.stringify(body), { headers: head });
  };
  const online = async ({ id }: { id: number }, caller = owner()) => (await one(stations, id, caller)).online_status;
  const reasons = async (): Promise<string[]> => {
    const { streams } = await jetstreamManager(client.app.get(Broker).connection());
    const { state } = await streams.info('DEAD');
    const all = Array.from({ length: state.messages }, (_, at) => streams.getMessage('DEAD', { seq: at + 1 }));
    return (await Promise.all(all)).map((letter) => letter?.header.get('reason') ?? '');
  };
  const domainEvents = async () => {
    const text = `select payload from outbox where name like 'facts.stations.back-ends.granted.%' order by id`;
    return (await stations.db.query<{ payload: object }>(text)).map(({ payload }) => payload);
  };

  it('is believed about the power centers that it serves, and of others it is dead-lettered', async () => {
    await command('assign', { name: 'acme', charge_point_id: own.id });
    await connected({ token: foreign.token });
    await connected({ token: own.token });
    await until(async () => (await online(own)) === 1);
    expect(await online(foreign, rival())).toBe(0);
    await until(async () => (await reasons()).length > 0);
    expect(await reasons()).toEqual([`The back end acme does not serve the power center ${foreign.id}.`]);
    await command('unassign', { name: 'acme', charge_point_id: own.id });
    await connected({ charge_point_id: own.id });
    await until(async () => (await reasons()).includes(`The back end acme does not serve the power center ${own.id}.`));
  });

  it('serves what an account makes later, too, and its unknown chargers are that account’s', async () => {
    await command('assign', { name: 'acme', account_id: 2 });
    const later = await make(stations, {}, rival());
    await connected({ token: later.token });
    await connected({ token: 'EV_CHARGER_0000000000009' });
    await until(async () => (await online(later, rival())) === 1);
    const unknown = () => stations.bus.call(stationsBackEnds.unknown, { account_id: 2 }, internalCaller());
    await until(async () => (await unknown()).length === 1);
    expect(await unknown()).toMatchObject([{ back_end: 'acme', named: 'EV_CHARGER_0000000000009', account_id: 2 }]);
    const events = `select payload from outbox where name like 'facts.stations.charge-points.charger-unknown.%'`;
    expect(await stations.db.query(events)).toMatchObject([{ payload: { account_id: 2 } }]);
  });

  it('is nothing before it is made known, and nothing that nobody knows is assigned', async () => {
    const code = (error: unknown): unknown => (error as { code: string }).code;
    const refused = (input: Parameters<typeof command>[1]) => command('assign', input).then(() => 'done', code);
    expect(await refused({ name: 'volta', account_id: 1 })).toBe('not_found');
    expect(await refused({ name: 'acme', charge_point_id: 4711 })).toBe('not_found');
    expect(await refused({ name: 'acme' })).toBe('validation_failed');
    expect(await refused({ name: 'Ac.me', account_id: 1 })).toBe('validation_failed');
  });

  it('is published, each change once', async () => {
    await command('assign', { name: 'acme', account_id: 1 });
    await command('assign', { name: 'acme', account_id: 1 });
    await command('assign', { name: 'acme', charge_point_id: own.id });
    const { accounts, power_centers } = await command('remove', { name: 'acme' });
    expect([accounts, power_centers]).toEqual([1, 1]);
    const account = { back_end: 'acme', account_id: 1, charge_point_id: null };
    const single = { back_end: 'acme', account_id: null, charge_point_id: own.id };
    const events = await domainEvents();
    expect(events.slice(0, 2)).toEqual([
      { ...account, granted: true },
      { ...single, granted: true },
    ]);
    expect(events.slice(2)).toEqual(
      expect.arrayContaining([
        { ...account, granted: false },
        { ...single, granted: false },
      ]),
    );
    expect(await stations.bus.call(stationsBackEnds.all, {}, internalCaller())).toEqual([]);
  });
});
