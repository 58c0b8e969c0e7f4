import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '@open-cpo/testing';
import { startChargers } from './test/chargers';

const read = (file: string): string => readFileSync(file, 'utf8');

/** Chargers know roots alone: what is between a root and the certificate has to come with it. */
describe('quirk 17: the certificate chain, where the process ends TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chargers-chain-'));
  const root = new Authority(folder, 'root');
  const between = new Authority(folder, 'between', root);
  const { cert, key } = between.issue('localhost');

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const connected = async (chain: string): Promise<void> => {
    const secured = { CHARGERS_TLS_CERT: chain, CHARGERS_TLS_KEY: read(key), CHARGERS_PLAIN: 'false' };
    const service = await startChargers('charger_chain', secured);
    try {
      await service.chargePoint(1);
      const url = service.url.replace('ws://127.0.0.1', 'wss://localhost');
      const socket = await service.connect(await service.make(1), { url, options: { ca: read(root.cert) } });
      expect(await socket.boot()).toMatchObject({ status: 'Accepted' });
      socket.terminate();
    } finally {
      await service.stop();
    }
  };

  it('is sent in full', async () => {
    await connected(read(cert) + read(between.cert));
  });

  // The negative control.
  it('is needed', async () => {
    await expect(connected(read(cert))).rejects.toMatchObject({ code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' });
  });
});
