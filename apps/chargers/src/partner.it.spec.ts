import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chargers, type NewCharger } from '@open-cpo/contracts';
import { type SimulatedCharger, SimulatedStation } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const WORKER = '04A2B1C6';
const DRIVER = '04D71BE5';

describe('cards that a partner is asked about', () => {
  let service: Chargers;
  let charger: NewCharger;
  let socket: SimulatedCharger;
  let chargePointId = 2700;
  let respond: (response: ServerResponse) => void;
  const asked: { readonly headers: IncomingMessage['headers']; readonly body: Record<string, unknown> }[] = [];
  const partner = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      asked.push({ headers: request.headers, body: JSON.parse(text) as Record<string, unknown> });
      respond(response);
    });
  });
  const says = (status: unknown) => (response: ServerResponse) => void response.end(JSON.stringify({ status }));

  beforeAll(async () => {
    partner.listen(0, '127.0.0.1');
    await once(partner, 'listening');
    const { port } = partner.address() as AddressInfo;
    service = await startChargers('charger_partner', {
      CHARGERS_PARTNER_URL: `http://127.0.0.1:${port}/cards`,
      CHARGERS_PARTNER_TOKEN: 'of-the-partner',
    });
    CARDS.set(WORKER, 'known');
  });
  afterAll(async () => {
    await service?.stop();
    partner.closeAllConnections();
    partner.close();
  });
  beforeEach(async () => {
    chargePointId += 1;
    asked.length = 0;
    respond = says('Accepted');
    await service.chargePoint(chargePointId);
    charger = await service.make(chargePointId, { policy: 'partner' });
    socket = await service.connect(charger);
  });
  afterEach(() => socket.terminate());

  const authorize = async (idTag: string) =>
    ((await socket.call('Authorize', { idTag })).idTagInfo as { status: string }).status;
  const begins = async () => (await service.published(charger, 'session.started')).map(({ payload }) => payload);

  it('begin a session that is settled elsewhere; cards of workers are not asked about', async () => {
    expect(await authorize(DRIVER)).toBe('Accepted');
    expect((await socket.start({ idTag: DRIVER })).status).toBe('Accepted');
    const { identity, account_id } = { account_id: 1, ...charger };
    expect(asked[0]).toMatchObject({
      headers: { authorization: 'Bearer of-the-partner', 'content-type': 'application/json' },
      body: { card: DRIVER, account_id, charge_point_id: chargePointId, identity, at: expect.stringMatching(/Z$/) },
    });
    expect(asked).toHaveLength(2);
    expect((await socket.start({ idTag: WORKER, connectorId: 2 })).status).toBe('Accepted');
    expect(asked).toHaveLength(2);
    expect(await begins()).toMatchObject([
      { rfid: DRIVER, payment: 'settled' },
      { rfid: WORKER, payment: 'cash' },
    ]);
  });

  it('begin a session of OCPP 2.0.1 in the same way', async () => {
    socket.terminate();
    const { identity, credential } = charger;
    const station = await SimulatedStation.connect({ url: service.url, identity, password: credential.password });
    const evse = { evse: { id: 1, connectorId: 1 } };
    const begin = { type: 'Started', seqNo: 0, transactionId: 'a', triggerReason: 'Authorized' } as const;
    expect(await station.event({ ...begin, card: DRIVER, more: evse })).toEqual({
      idTokenInfo: { status: 'Accepted' },
    });
    expect(await begins()).toMatchObject([{ rfid: DRIVER, payment: 'settled' }]);
    station.terminate();
  });

  it.each(['Blocked', 'Expired', 'Invalid'])('get its answer: %s', async (status) => {
    respond = says(status);
    expect(await authorize('04BAD001')).toBe(status);
    expect((await socket.start({ idTag: '04BAD001' })).status).toBe(status);
    expect(await begins()).toEqual([]);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['an error', (response) => void response.writeHead(500).end('{"status":"Accepted"}')],
    ['a redirect', (response) => void response.writeHead(302, { location: '/elsewhere' }).end()],
    ['no JSON', (response) => void response.end('yes')],
    ['another word', says('Sure')],
    ['too much', (response) => void response.end(JSON.stringify({ x: 'x'.repeat(10_000), status: 'Accepted' }))],
    ['the end of the connection', (response) => void response.destroy()],
  ])('are refused with %s, unless they were accepted within a day', async (_, answer) => {
    const known = `04C0${chargePointId}`;
    expect(await authorize(known)).toBe('Accepted');
    respond = answer;
    expect(await authorize(known)).toBe('Accepted');
    expect(await authorize('04C0FFEE')).toBe('Invalid');
    respond = says('Blocked');
    expect(await authorize(known)).toBe('Blocked');
    respond = answer;
    expect(await authorize(known)).toBe('Invalid');
  });

  it('are not asked about where no partner is set', async () => {
    const other = await startChargers('charger_without_partner');
    await other.chargePoint(1);
    await expect(other.make(1, { policy: 'partner' })).rejects.toMatchObject({ code: 'conflict' });
    const { id } = await other.make(1);
    const change = other.bus.call(chargers.change, { id, policy: 'partner' }, owner());
    await expect(change).rejects.toMatchObject({ code: 'conflict' });
    await other.stop();
  });
});
