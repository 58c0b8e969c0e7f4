import { reference, startTestGateway, type TestGateway } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { inEnvelope, make } from '../test/charge-points';
import { empty, startStations, type Stations } from '../test/stations';

const { answerOf, mismatches, operationOf } = reference;
const GEO = { accept: 'application/geo+json' };
const ALGIERS = { latitude: 36.64575836483359, longitude: 2.9176092880736184 };

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { features?: { geometry: unknown }[]; results?: unknown } & Record<string, unknown>;
}

describe('maps and stats over HTTP', () => {
  let stations: Stations;
  let gateway: TestGateway;
  let token: string;

  beforeAll(async () => {
    stations = await startStations('maps_http');
    gateway = await startTestGateway({ broker: stations.broker, gateway: gatewayParts });
    token = gateway.auth.token({ userId: 11, accountId: 1, currency: 'DZD', timeZone: 'Africa/Algiers' });
  });
  afterAll(async () => {
    await gateway?.stop();
    await stations?.stop();
  });
  beforeEach(() => empty(stations));

  const get = async (path: string, headers: Record<string, string> = {}, bearer = token): Promise<Answer> => {
    const answer = await fetch(gateway.url + path, { headers: { authorization: `Bearer ${bearer}`, ...headers } });
    return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Answer['body'] };
  };
  const wrong = (number: number, body: unknown, at = 0) =>
    mismatches(body, (operationOf(number).answers[at] ?? answerOf(operationOf(number))).shape);

  it('GeoJSON of all is as documented, and RFC 7946 for who asks for it', async () => {
    await make(stations, ALGIERS);
    await make(stations);
    const plain = await get('/api/charge-points/geojson');
    expect(plain.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(plain.headers.get('vary')).toBe('Origin, Accept, Accept-Encoding');
    expect(wrong(41, plain.body)).toEqual([]);
    expect(plain.body.features?.map(({ geometry }) => geometry)).toEqual([
      null,
      { type: 'Point', coordinates: ['2.9176092880736184', '36.64575836483359'] },
    ]);
    const standard = await get('/api/charge-points/geojson', GEO);
    expect(standard.headers.get('content-type')).toBe('application/geo+json');
    expect(wrong(41, standard.body, 1)).toEqual([]);
    const point = { type: 'Point', coordinates: [ALGIERS.longitude, ALGIERS.latitude] };
    expect(standard.body.features?.[1]?.geometry).toEqual(point);
  });

  it('GeoJSON of none is an empty collection', async () => {
    for (const accept of ['*/*', GEO.accept]) {
      const { status, body } = await get('/api/charge-points/geojson', { accept });
      expect([status, body]).toEqual([200, { type: 'FeatureCollection', features: [] }]);
    }
  });

  it('GeoJSON of one is as documented, in both forms', async () => {
    const { id } = await make(stations, ALGIERS);
    const plain = await get(`/api/charge-points/${id}/geojson`);
    expect(wrong(46, plain.body)).toEqual([]);
    const standard = await get(`/api/charge-points/${id}/geojson`, GEO);
    expect(wrong(46, standard.body, 1)).toEqual([]);
    expect(standard.headers.get('content-type')).toBe('application/geo+json');
  });

  it('only the header decides over the form', async () => {
    const { id } = await make(stations, ALGIERS);
    for (const path of [`/api/charge-points/${id}/geojson?numbers=1`, '/api/charge-points/geojson?numbers=nonsense']) {
      const { status, body } = await get(path);
      expect([status, typeof JSON.parse(JSON.stringify(body.features))[0].geometry.coordinates[0]]).toEqual([
        200,
        'string',
      ]);
    }
  });

  it('what is refused is told in the documented forms, to whoever asks for GeoJSON, too', async () => {
    const { id } = await make(stations);
    const rival = gateway.auth.token({ userId: 21, accountId: 2 });
    for (const path of [`/api/charge-points/${id}/geojson`, `/api/charge-points/${id}/stats`]) {
      const foreign = await get(path, GEO, rival);
      expect([foreign.status, foreign.headers.get('content-type')]).toEqual([403, 'application/json; charset=utf-8']);
      expect(foreign.body).toMatchObject({ success: 0, error: expect.stringContaining('permissions') });
    }
    for (const path of ['/api/charge-points/9999/geojson', '/api/charge-points/0x1/stats']) {
      const { status, body } = await get(path);
      expect([status, body]).toEqual([404, { error: 'Invalid Resource Requested' }]);
    }
    expect((await get('/api/charge-points/geojson', GEO, 'nobody')).status).toBe(401);
  });

  it('stats and the green trace are as documented', async () => {
    const { id } = await make(stations);
    expect(wrong(44, (await get(`/api/charge-points/${id}/stats`)).body)).toEqual([]);
    expect(wrong(11, (await get('/api/stats')).body)).toEqual([]);
    const trace = await get('/api/charge-points/sustainability');
    expect(wrong(40, trace.body)).toEqual([]);
    expect(trace.body).toEqual(inEnvelope(0));
    await stations.db.query('update charge_points set total_energy = 115373.3333');
    expect((await get('/api/charge-points/sustainability')).body).toEqual(inEnvelope(34.612));
  });
});
