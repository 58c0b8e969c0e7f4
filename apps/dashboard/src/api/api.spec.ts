import { changedBy, eventOf } from '../live/events';
import { clustersOf, isOnMap } from '../map/clusters';
import { safeNext } from '../pages/auth/next';
import { sendingFor, type TokenSource } from './send';

const request = (token?: string, path = '/api/x'): Request =>
  new Request(`http://host${path}`, {
    method: 'POST',
    body: 'typed',
    headers: token ? { authorization: `Bearer ${token}` } : {},
  });

describe('requests of a session', () => {
  const sent: string[] = [];
  const answering = (status: (token: string | null) => number) => async (one: Request) => {
    const token = one.headers.get('authorization');
    sent.push(`${token} ${await one.text()}`);
    return new Response(null, { status: status(token) });
  };
  const source = (current: string, renewed: string | undefined): TokenSource => ({
    settled: () => Promise.resolve(),
    current: () => current,
    renewed: () => Promise.resolve(renewed),
  });
  beforeEach(() => (sent.length = 0));

  it('are sent again, with what was typed, once the user has logged in again', async () => {
    const send = sendingFor(
      source('old', 'new'),
      answering((token) => (token === 'Bearer new' ? 200 : 401)),
    );
    expect((await send(request('old'))).status).toBe(200);
    expect(sent).toEqual(['Bearer old typed', 'Bearer new typed']);
  });

  it('have the token that was renewed while they waited', async () => {
    const send = sendingFor(
      source('new', undefined),
      answering(() => 200),
    );
    await send(request('old'));
    expect(sent).toEqual(['Bearer new typed']);
  });

  it('fail when the user gives up, and without a token at once', async () => {
    const send = sendingFor(
      source('old', undefined),
      answering(() => 401),
    );
    expect((await send(request('old'))).status).toBe(401);
    expect((await send(request())).status).toBe(401);
    expect(sent).toEqual(['Bearer old typed', 'null typed']);
  });
});

describe('events', () => {
  it('say what has changed', () => {
    expect(changedBy('order.completed')).toEqual(expect.arrayContaining(['orders', 'stats', 'balance']));
    expect(changedBy('order.rated')).toContain('feedback');
    expect(changedBy('payout.paid')).toEqual(['payouts', 'balance']);
    expect(changedBy('charger.faulted')).toContain('chargers');
    expect(changedBy('session.limit_reached')).toContain('charger-commands');
    expect(changedBy('something.new')).toEqual([]);
  });

  it('are read from the feed, and nothing else is', () => {
    expect(eventOf('{"type":"order.started","sequence":7,"data":{}}')).toMatchObject({ sequence: 7 });
    expect([eventOf('{'), eventOf('{"type":7}')]).toEqual([undefined, undefined]);
  });
});

describe('the map', () => {
  const at = (id: number, x: number) => ({ id, title: '', status: 'available', latitude: 0, longitude: x });

  it('gathers places that would cover each other', () => {
    const clusters = clustersOf([at(1, 1), at(2, 2), at(3, 500)], ({ longitude }) => ({ x: longitude, y: 0 }));
    expect(clusters.map(({ places }) => places.map(({ id }) => id))).toEqual([[1, 2], [3]]);
    expect(clusters[0]).toMatchObject({ longitude: 1.5 });
  });

  it('leaves out what is no place on it', () => {
    expect([isOnMap('36.75', '3.05'), isOnMap('49471.7', '0'), isOnMap(null, '0'), isOnMap('x', '0')]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('after the login', () => {
  it.each([
    ['/orders?page=2', '/orders?page=2'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['https://evil.example', '/'],
    [undefined, '/'],
  ])('%s leads to %s', (next, to) => {
    expect(safeNext(next)).toBe(to);
  });
});
