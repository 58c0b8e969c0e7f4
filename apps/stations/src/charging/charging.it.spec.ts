import { randomUUID } from 'node:crypto';
import { chargePointChanged, type ChargePointChanged, chargePoints, stationsBackEnds } from '@open-cpo/contracts';
import { EventPublisher } from '@open-cpo/events';
import { Broker, Broadcast, internalCaller } from '@open-cpo/messaging';
import { startTestClient, until } from '@open-cpo/testing';
import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { headers } from '@nats-io/transport-node';
import { change, make, one, owner } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

type Client = Awaited<ReturnType<typeof startTestClient>>;

describe('what chargers say', () => {
  let stations: Stations;
  let backEnd: Client;
  let id: number;
  let token: string;

  beforeAll(async () => {
    stations = await startStations('charging');
    backEnd = await startTestClient(stations.broker);
    // Any event that is stored shows that the streams are there.
    await backEnd.app
      .get(EventPublisher)
      .publish({ subject: 'facts.a.b.c.1', eventId: '1', payload: '{}', occurredAt: '' });
  });
  afterAll(async () => {
    await backEnd?.stop();
    await stations?.stop();
  });
  beforeEach(async () => {
    await empty(stations);
    await stations.db.query('truncate unknown_reports');
    ({ id, token } = await make(stations));
    await change(stations, id, {
      connectors: [
        { id: 1, number: 1 },
        { id: 3, number: 2 },
      ],
    });
  });

  const say = async (subject: string, message: object, eventId: string = randomUUID()): Promise<void> => {
    const head = headers();
    head.set('Nats-Msg-Id', eventId);
    const nats = backEnd.app.get(Broker).connection();
    const about = 'charge_point_id' in message ? {} : { token };
    const body = { version: 1, time: new Date().toISOString(), ...about, ...message };
    await jetstream(nats).publish(`charging.${subject}`, JSON.stringify(body), { headers: head });
  };
  const connected = (more = {}) => say('charger.connected', more);
  const status = (connector_number: number, is: string, more = {}) =>
    say('connector.status', { connector_number, status: is, ...more });
  const shown = async (expected: object): Promise<void> => {
    await until(async () => {
      try {
        expect(await one(stations, id)).toMatchObject(expected);
        return true;
      } catch {
        return false;
      }
    }, JSON.stringify(expected)).catch(async () => expect(await one(stations, id)).toMatchObject(expected));
  };

  const dead = async (): Promise<string[]> => {
    const { streams } = await jetstreamManager(backEnd.app.get(Broker).connection());
    const { state } = await streams.info('DEAD');
    const all = Array.from({ length: state.messages }, (_, at) => streams.getMessage('DEAD', { seq: at + 1 }));
    return (await Promise.all(all)).map((letter) => letter?.header.get('reason') ?? '');
  };
  const unknown = async (): Promise<unknown[]> => {
    const rows = await stations.bus.call(stationsBackEnds.unknown, {}, internalCaller());
    return rows.sort((a, b) => (b.connector_number ?? 0) - (a.connector_number ?? 0));
  };

  it('brings a power center online and takes it off again', async () => {
    await shown({ status: 'unavailable', online_status: 0, configured: 0, available: false });
    await connected();
    await shown({ status: 'available', online_status: 1, configured: 1, available: true });
    await say('charger.disconnected', {});
    await shown({
      status: 'unavailable',
      online_status: 0,
      configured: 1,
      connectors: [{ status: 'unavailable' }, {}],
    });
  });

  it('makes it busy when all of its connectors are, and not before', async () => {
    await connected();
    await status(1, 'busy');
    await shown({ status: 'available', is_in_use: false, connectors: [{ status: 'busy' }, { status: 'available' }] });
    await status(2, 'busy', { charge_point_id: id });
    await shown({ status: 'busy', is_in_use: true, available: false });
    await status(1, 'booked');
    await shown({ status: 'booked', is_reserved: true, is_in_use: false, available: false });
    await status(1, 'available');
    await shown({ status: 'available', is_reserved: false, available: true });
  });

  it('shows in the lists, too', async () => {
    await connected();
    await shown({ status: 'available' });
    const { data } = await stations.bus.call(chargePoints.table, {}, owner());
    expect(data).toMatchObject([{ id, status: 'available' }]);
  });

  it('keeps a power center from being removed as long as somebody charges', async () => {
    await connected();
    await status(1, 'busy');
    await shown({ connectors: [{ status: 'busy' }, {}] });
    const remove = () => stations.bus.call(chargePoints.remove, { id }, owner());
    await expect(remove()).rejects.toMatchObject({ code: 'delete_refused' });
    await status(1, 'available');
    await shown({ connectors: [{ status: 'available' }, {}] });
    await remove();
  });

  it('counts once however often it comes, and not at all when it comes late', async () => {
    await connected();
    const now = Date.now();
    const at = (offset: number) => ({ time: new Date(now + offset).toISOString() });
    await status(1, 'busy', at(0));
    await shown({ connectors: [{ status: 'busy' }, {}] });
    await status(1, 'available', at(-1000));
    await say('charger.disconnected', at(-60_000));
    await status(2, 'busy', at(1));
    await shown({ status: 'busy', online_status: 1 });
  });

  it('is heard again after a charger whose clock was years ahead', async () => {
    await connected({ time: '2099-01-01T00:00:00Z' });
    await status(1, 'busy', { time: '2099-01-01T00:00:00Z' });
    await shown({ online_status: 1, connectors: [{ status: 'busy' }, {}] });
    await status(1, 'available');
    await say('charger.disconnected', {});
    await shown({ online_status: 0 });
  });

  it('may be of a power center or a connector that there is not, without stopping what follows', async () => {
    await connected({ token: 'EV_CHARGER_0000000000000' });
    await status(77, 'busy');
    await connected();
    await shown({ online_status: 1 });
  });

  it('hold up no other when they are invalid', async () => {
    await say('connector.status', { connector_number: 'x', status: 'busy' });
    await say('charger.connected', { time: 'yesterday' });
    await say('charger.connected', { token: null });
    await connected();
    await status(1, 'busy');
    await shown({ online_status: 1, connectors: [{ status: 'busy' }, {}] });
    await until(async () => (await dead()).length === 3, 'the dead');
    expect((await dead()).sort()).toEqual([
      expect.stringContaining('The time field'),
      expect.stringContaining('connector_number'),
      expect.stringContaining('token: neither'),
    ]);
    expect(await stations.db.query('select 1 from parked_events')).toEqual([]);
  });

  it('tell nothing where they change nothing, and once what changes in a batch', async () => {
    await connected();
    await shown({ online_status: 1 });
    const told = async () => (await stations.db.query(`select 1 from outbox where name like '%changed%'`)).length;
    const before = await told();
    await Promise.all([connected(), status(1, 'available'), status(2, 'available')]);
    await status(1, 'busy');
    await shown({ connectors: [{ status: 'busy' }, {}] });
    expect(await told()).toBe(before + 1);
  });

  it('are shown to the owner where no connector has the number, once', async () => {
    const at = (offset: number) => ({ time: new Date(Date.now() + offset).toISOString() });
    await status(77, 'busy', at(-1000));
    await status(77, 'available', at(0));
    await say('charger.connected', { token: 'EV_CHARGER_0000000000001' });
    await until(async () => (await unknown()).length === 2);
    expect(await unknown()).toEqual([
      expect.objectContaining({ connector_number: 77, account_id: 1, charge_point_id: id }),
      expect.objectContaining({ connector_number: null, account_id: null, named: 'EV_CHARGER_0000000000001' }),
    ]);
    const text = `select payload from outbox where name like 'facts.stations.charge-points.connector-unknown%'`;
    expect(await stations.db.query(text)).toEqual([
      { payload: expect.objectContaining({ id, account_id: 1, connector_number: 77 }) as object },
    ]);
  });

  it('is told to other services', async () => {
    const told: ChargePointChanged[] = [];
    backEnd.app.get(Broadcast).subscribe(chargePointChanged, (payload, aggregate) => {
      if (aggregate === String(id)) told.push(payload);
    });
    await connected();
    await until(() => told.some(({ card }) => card.online_status === 1));
    await status(1, 'busy');
    await until(() => told.some(({ connectors }) => connectors[0]?.status === 'busy'));
  });

  it('of the only connector needs no number', async () => {
    await change(stations, id, { connectors: [{ id: 1 }] });
    await connected();
    await status(1, 'busy');
    await shown({ status: 'busy', connectors: [{ status: 'busy', number: null }] });
    await change(stations, id, { connectors: [{ id: 1 }, { id: 3, number: 2 }] });
    await shown({ status: 'available' });
  });
});
