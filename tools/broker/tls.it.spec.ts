import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Broker } from '@open-cpo/messaging';
import { Health, Log } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import { natsConfig, oneAccount } from '../stack/servers/nats-config';
import { GuardedBroker } from './test/guarded-broker';
import { typescript } from './test/typescript';

const users = [{ name: 'gateway', password: 'secret', publish: ['>'], subscribe: ['>'] }];
const plain = (port: number, storeFolder: string): string =>
  natsConfig({ port, storeFolder, accounts: oneAccount(users) });

/** Tries as an app does, in a process of its own, which trusts what it is told to. */
function trying(url: string, authority?: string): Promise<string> {
  const env = { PATH: process.env.PATH, NATS_URL: url, ...(authority ? { NODE_EXTRA_CA_CERTS: authority } : {}) };
  const child = spawn(process.execPath, typescript(join(__dirname, 'test/connect.ts')), { env });
  return new Promise((told) => {
    let output = '';
    const listen = (chunk: unknown): void => {
      output += String(chunk);
      if (!/connected|refused/.test(output)) return;
      child.kill();
      told(output.trim());
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
  });
}

describe('a broker with TLS', () => {
  let folder: string;
  let broker: GuardedBroker;
  let url: string;
  const certificate = (): string => join(folder, 'cert.pem');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tls-'));
    const key = join(folder, 'key.pem');
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate()];
    expect(spawnSync('openssl', [...args, ...subject]).status).toBe(0);
    const secured = (port: number, store: string): string =>
      `${plain(port, store)}tls { cert_file: "${certificate()}", key_file: "${key}" }\n`;
    broker = await GuardedBroker.start(secured);
    url = broker.url.replace('nats://', 'tls://');
  });
  afterAll(async () => {
    await broker.stop();
    rmSync(folder, { recursive: true });
  });

  it('is reached by whoever trusts its certificate', async () => {
    expect(await trying(url, certificate())).toBe('connected');
  });

  it('is not talked to by whoever does not', async () => {
    expect(await trying(url)).toMatch(/^refused: .*certificate/);
  });
});

describe('an address with tls://', () => {
  it('does not lead to a broker without TLS', async () => {
    const broker = await GuardedBroker.start(plain);
    const log = { warned: '' };
    const quiet = Object.assign(Log.to({ service: 'test', level: 'silent' }), {
      warn: (_message: string, { error }: { error: Error }) => (log.warned = String(error)),
    });
    const options = { service: 'gateway', url: broker.url.replace('nats', 'tls'), user: 'gateway', password: 'secret' };
    const app = new Broker(options, quiet, new Health());
    await until(() => log.warned !== '', 'a refusal');
    expect(app.connected).toBe(false);
    await app.onApplicationShutdown();
    await broker.stop();
  });
});
