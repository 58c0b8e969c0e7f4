import { accept } from '../fields/accept';
import { chargerConnected, connectorStatus } from './charging';

const time = '2025-05-12T15:12:39.123Z';
const status = { version: 1, token: 'EV_CHARGER_68220FE7D87CD', connector_number: 1, status: 'busy', time };
const problems = (message: object) => accept(connectorStatus.payload, message).errors.toMap();

describe('what charging back ends say', () => {
  it('has subjects and a stream of its own', () => {
    expect(connectorStatus).toMatchObject({ filter: 'charging.connector.status', stream: 'CHARGING' });
    expect(chargerConnected.filter).toBe('charging.charger.connected');
  });

  it('names the power center by token or by id', () => {
    expect(problems(status)).toEqual({});
    expect(problems({ ...status, token: undefined, charge_point_id: 7 })).toEqual({});
  });

  it.each([
    ['another version', { version: 2 }, 'version'],
    ['no version', { version: undefined }, 'version'],
    ['a status there is none of', { status: 'exploded' }, 'status'],
    ['no connector', { connector_number: undefined }, 'connector_number'],
    ['a time that is none', { time: 'yesterday' }, 'time'],
    ['a time without a zone', { time: '2025-05-12T15:12:39' }, 'time'],
  ])('is not understood with %s', (_, change, field) => {
    expect(Object.keys(problems({ ...status, ...change }))).toEqual([field]);
  });

  it.each(['2025-05-12T15:12:39Z', '2025-05-12T15:12:39.123456789Z', '2025-05-12T17:12:39+02:00'])(
    'may happen at %s',
    (instant) => expect(problems({ ...status, time: instant })).toEqual({}),
  );
});
