import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Authority } from '@open-cpo/testing';
import { basics } from '../stack/environment';
import { typescript } from './test/typescript';
import { TlsServers } from './test/tls-servers';

type Server = 'postgres' | 'redis' | 'nats';
const OTHER_AUTHORITY = /refused: .*certificate/;
const OTHER_NAME = /refused: .*does not match certificate's altnames/;
const VARIABLES: Record<Server, string> = { postgres: 'DATABASE_URL', redis: 'REDIS_URL', nats: 'NATS_URL' };

/** What a process of its own says that connects as a service does, until all of `expected` was said. */
function told(urls: Partial<Record<Server, string>>, authority: string, expected: readonly RegExp[]): Promise<string> {
  const given = Object.entries(urls).map(([server, url]) => [VARIABLES[server as Server], url]);
  const { NODE_EXTRA_CA_CERTS: _, ...plain } = basics();
  const env = { ...plain, NODE_EXTRA_CA_CERTS: authority, ...Object.fromEntries(given) };
  const child = spawn(process.execPath, typescript(join(__dirname, 'test/connect-servers.ts')), { env });
  return new Promise((resolve) => {
    let output = '';
    const listen = (chunk: unknown): void => {
      output += String(chunk);
      if (expected.every((one) => one.test(output))) child.kill('SIGKILL');
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('close', () => resolve(output));
  });
}

describe('servers with TLS', () => {
  const servers = new TlsServers();
  let folder: string;
  let authority: Authority;
  let stranger: Authority;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'server-tls-'));
    authority = new Authority(folder, 'own');
    stranger = new Authority(folder, 'stranger');
    await servers.start(authority.issue('localhost'));
  });
  afterAll(async () => {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('are spoken to over TLS by every client of a service: both pools, queue and worker, broker', async () => {
    const all = [/broker true/, /job done/, /reads \[\{"ssl":true/, /writes \[\{"ssl":true/];
    const output = await told(servers.urls('localhost'), authority.cert, all);
    for (const one of all) expect(output).toMatch(one);
    expect(output).not.toMatch(/certificate/);
  });

  it.each(['postgres', 'redis', 'nats'] as const)(
    'are refused with a certificate of another authority: %s',
    async (name) => {
      const output = await told({ [name]: servers.urls('localhost')[name] }, stranger.cert, [OTHER_AUTHORITY]);
      expect(output).toMatch(OTHER_AUTHORITY);
      expect(output).not.toMatch(/broker|job done|reads|writes/);
    },
  );

  it.each(['postgres', 'redis', 'nats'] as const)(
    'are refused with a certificate for another name: %s',
    async (name) => {
      const output = await told({ [name]: servers.urls('127.0.0.1')[name] }, authority.cert, [OTHER_NAME]);
      expect(output).toMatch(OTHER_NAME);
      expect(output).not.toMatch(/broker|job done|reads|writes/);
    },
  );
});
