import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority, SimulatedCharger } from '@open-cpo/testing';
import { type Chargers, startChargers } from './test/chargers';

describe('TLS that the process ends itself', () => {
  let service: Chargers;
  let folder: string;
  let ca: Buffer;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'chargers-tls-'));
    const authority = new Authority(folder, 'ca');
    const { cert, key } = authority.issue('localhost');
    ca = readFileSync(authority.cert);
    service = await startChargers('charger_wss', {
      CHARGERS_PLAIN: 'false',
      CHARGERS_TLS_CERT: readFileSync(cert, 'utf8'),
      CHARGERS_TLS_KEY: readFileSync(key, 'utf8'),
    });
  });
  afterAll(async () => {
    await service?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const address = () => service.url.replace('ws://127.0.0.1', 'wss://localhost');

  it('takes a charger that trusts its certificate, with a whole session', async () => {
    await service.chargePoint(1);
    const charger = await service.make(1, { policy: 'anybody' });
    const socket = await service.connect(charger, { url: address(), options: { ca } });
    expect(await socket.boot()).toMatchObject({ status: 'Accepted' });
    const { id, status } = await socket.start({ idTag: 'CAFE', meterStart: 0 });
    await socket.stop(id, 1000);
    expect(status).toBe('Accepted');
    expect((await service.published(charger, 'session.completed')).map(({ payload }) => payload.meter_wh)).toEqual([
      1000,
    ]);
    socket.terminate();
  });

  it('is refused by a charger that does not trust it, and takes nothing that is not encrypted', async () => {
    await service.chargePoint(2);
    const charger = await service.make(2);
    await expect(service.connect(charger, { url: address() })).rejects.toThrow(/self-signed|unable to/);
    await expect(service.connect(charger)).rejects.toThrow();
    const old = { ca, maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1' } as const;
    await expect(service.connect(charger, { url: address(), options: old })).rejects.toThrow();
  });
});

describe('a service that stops', () => {
  const SOCKETS = 40;

  it('answers what it has taken, and closes its connections one after the other with 1001', async () => {
    const service = await startChargers('charger_drain');
    const sockets: SimulatedCharger[] = [];
    for (let id = 1; id <= SOCKETS; id += 1) {
      await service.chargePoint(id);
      sockets.push(await service.connect(await service.make(id, { policy: 'anybody' })));
    }
    const closes: number[] = [];
    const codes = Promise.all(
      sockets.map(async (socket) => {
        const { code } = await socket.closed;
        closes.push(performance.now());
        return code;
      }),
    );
    const last = sockets.at(-1);
    const started = last?.start({ idTag: 'CAFE', meterStart: 0 });
    await service.stop();
    expect(await codes).toEqual(Array.from({ length: SOCKETS }, () => 1001));
    expect(await started).toMatchObject({ status: 'Accepted' });
    // Four milliseconds for each: chargers do not all come back in the same moment.
    expect(Math.max(...closes) - Math.min(...closes)).toBeGreaterThan(SOCKETS * 2);
  });
});
