import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chargers, type NewCharger } from '@open-cpo/contracts';
import { Authority, type Certificate, type ChargerOptions, type SimulatedCharger, until } from '@open-cpo/testing';
import { Sockets } from './sockets/sockets';
import { type Chargers, owner, startChargers } from './test/chargers';

const read = (file: string): string => readFileSync(file, 'utf8');
const pairOf = ({ cert, key }: Certificate) => ({ cert: read(cert), key: read(key) });

describe('chargers with client certificates', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chargers-tls-'));
  const [authority, stranger] = [new Authority(folder, 'chargers'), new Authority(folder, 'others')];
  const server = pairOf(authority.issue('localhost'));
  let service: Chargers;
  let charger: NewCharger;
  let nextChargePoint = 1100;
  const open: SimulatedCharger[] = [];

  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  afterEach(() => open.splice(0).forEach((socket) => socket.terminate()));

  const make = async (): Promise<NewCharger> => {
    nextChargePoint += 1;
    await service.chargePoint(nextChargePoint);
    const made = await service.make(nextChargePoint);
    await service.bus.call(chargers.change, { id: made.id, certificate: true }, owner());
    return made;
  };
  const connected = async (more: Partial<ChargerOptions>): Promise<SimulatedCharger> => {
    const socket = await service.connect(charger, more);
    open.push(socket);
    return socket;
  };

  const startWithTls = async (env: NodeJS.ProcessEnv = {}) => {
    const { cert, key } = server;
    const secured = { CHARGERS_TLS_CERT: cert, CHARGERS_TLS_KEY: key, CHARGERS_CLIENT_CA: read(authority.cert) };
    service = await startChargers('charger_client_tls', { ...secured, CHARGERS_PLAIN: 'false', ...env });
    charger = await make();
  };
  /** Over TLS without a password, as profile 3 has it. */
  const over = (given?: Certificate, headers: Record<string, string> = { authorization: 'none' }) =>
    connected({
      url: service.url.replace('ws://127.0.0.1', 'wss://localhost'),
      options: { ca: read(authority.cert), ...(given ? pairOf(given) : {}), headers },
    });

  it('are known by their own TLS alone, where a load balancer passes that on as it is', async () => {
    await startWithTls({ TRUSTED_PROXIES: '127.0.0.0/8', CHARGERS_CLIENT_CERT_HEADER: 'ssl-client-cert' });
    try {
      const mine = authority.issue(charger.identity);
      const [pem, other] = [read(mine.cert), read(authority.issue('EV_CHARGER_2').cert)].map(encodeURIComponent);
      expect(await (await over(mine, { 'ssl-client-cert': String(other) })).boot()).toMatchObject({
        status: 'Accepted',
      });
      await expect(over(undefined, { 'ssl-client-cert': String(pem) })).rejects.toMatchObject({ status: 401 });
      const others = authority.issue('EV_CHARGER_2');
      await expect(over(others, { 'ssl-client-cert': String(pem) })).rejects.toMatchObject({ status: 401 });
    } finally {
      await service.stop();
    }
  });

  describe('at a service that ends TLS', () => {
    beforeAll(() => startWithTls());
    afterAll(() => service?.stop());

    it('connect with one whose common name is the identity', async () => {
      const socket = await over(authority.issue(charger.identity));
      expect(await socket.boot()).toMatchObject({ status: 'Accepted' });
    });

    it('do not without one, with that of another charger or authority, and with one that has expired', async () => {
      await expect(over(undefined, {})).rejects.toMatchObject({ status: 401 });
      await expect(over(authority.issue('EV_CHARGER_2'))).rejects.toMatchObject({ status: 401 });
      await expect(over(stranger.issue(charger.identity))).rejects.toMatchObject({ status: 401 });
      await expect(over(authority.issue(charger.identity, -1))).rejects.toMatchObject({ status: 401 });
      const refused = await service.db.query('select reason from refused where name = $1', [charger.identity]);
      expect(refused).toEqual([{ reason: 'bad_certificate' }]);
    });

    it('do not take the header of somebody who is no load balancer', async () => {
      const pem = encodeURIComponent(read(authority.issue(charger.identity).cert));
      await expect(over(undefined, { 'ssl-client-cert': pem })).rejects.toMatchObject({ status: 401 });
    });

    it('are disconnected when they are to use a password, and their credential is revoked', async () => {
      charger = await make();
      const mine = authority.issue(charger.identity);
      const first = await over(mine);
      await service.bus.call(chargers.change, { id: charger.id, certificate: false }, owner());
      await service.service.app.get(Sockets).look();
      await first.closed;
      await expect(over(mine)).rejects.toMatchObject({ status: 401 });
      const withPassword = await over(undefined, {});
      expect(await withPassword.boot()).toMatchObject({ status: 'Accepted' });
      await service.bus.call(chargers.change, { id: charger.id, certificate: true }, owner());
      await service.service.app.get(Sockets).look();
      await withPassword.closed;
      const again = await until(() => over(mine).catch(() => undefined), 'the connection');
      await service.bus.call(chargers.revoke, { id: charger.id }, owner());
      await service.service.app.get(Sockets).look();
      await again.closed;
      await expect(over(mine)).rejects.toMatchObject({ status: expect.any(Number) });
    });
  });

  describe('behind a load balancer', () => {
    const start = async (env: NodeJS.ProcessEnv) => {
      const settings = { CHARGERS_PLAIN: 'false', CHARGERS_CLIENT_CA: read(authority.cert), ...env };
      service = await startChargers('charger_client_header', settings);
      charger = await make();
    };
    afterEach(() => service?.stop());

    const over = (header: string, more: Record<string, string> = {}) =>
      connected({
        options: {
          headers: { 'x-forwarded-proto': 'https', 'ssl-client-cert': header, authorization: 'none', ...more },
        },
      });
    const encoded = (given: Certificate): string => encodeURIComponent(read(given.cert));

    it('connect with the one that it passes on, which is verified again', async () => {
      await start({ TRUSTED_PROXIES: '127.0.0.0/8', CHARGERS_CLIENT_CERT_HEADER: 'SSL-Client-Cert' });
      const mine = authority.issue(charger.identity);
      expect(await (await over(encoded(mine))).boot()).toMatchObject({ status: 'Accepted' });
      const der = read(mine.cert).replace(/-----[^-]+-----|\s/g, '');
      expect(await (await over(`:${der}:`)).boot()).toMatchObject({ status: 'Accepted' });
      for (const wrong of [
        encoded(stranger.issue(charger.identity)),
        encoded(authority.issue('EV_CHARGER_2')),
        encoded(authority.issue(charger.identity, -1)),
      ]) {
        await expect(over(wrong)).rejects.toMatchObject({ status: 401 });
      }
    });

    it('do not with what cannot be read', async () => {
      await start({ TRUSTED_PROXIES: '127.0.0.0/8', CHARGERS_CLIENT_CERT_HEADER: 'ssl-client-cert' });
      for (const wrong of ['', '%E0%A4%A', ':AAAA:']) {
        await expect(over(wrong)).rejects.toMatchObject({ status: 401 });
      }
      await expect(over(encodeURIComponent(read(authority.cert)))).rejects.toMatchObject({ status: 401 });
    });

    it('do not where no header is set for it', async () => {
      await start({ TRUSTED_PROXIES: '127.0.0.0/8' });
      await expect(over(encoded(authority.issue(charger.identity)))).rejects.toMatchObject({ status: 401 });
    });
  });

  it('are refused where no authority is set', async () => {
    service = await startChargers('charger_client_none');
    try {
      await service.chargePoint(1);
      const { id } = await service.make(1);
      const change = service.bus.call(chargers.change, { id, certificate: true }, owner());
      await expect(change).rejects.toMatchObject({ code: 'conflict' });
    } finally {
      await service.stop();
    }
  });
});
