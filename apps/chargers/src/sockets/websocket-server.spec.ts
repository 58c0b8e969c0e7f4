import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Duplex } from 'node:stream';
import { Health, Log } from '@open-cpo/platform';
import { ChargersConfig } from '../config';
import type { Sockets } from './sockets';
import type { Accepted, Upgrades } from './upgrades';
import { ChargerServer } from './websocket-server';

/** A module whose `createServer` is noted; a declaration, since mocks are made before all else. */
function counted(name: string): object {
  const actual = jest.requireActual<{ createServer: () => unknown }>(name);
  return { ...actual, createServer: jest.fn(actual.createServer) };
}
jest.mock('node:http', () => counted('node:http'));
jest.mock('node:https', () => counted('node:https'));

const accepted = { charger: { id: 7 }, generation: 3, protocol: 'ocpp1.6' } as Accepted;

/** A server that accepts every request; `add` and `undo` note what came of it. */
function serverWith(settings: Partial<ChargersConfig> = {}) {
  const [add, undo] = [jest.fn(), jest.fn().mockResolvedValue(undefined)];
  const upgrades = { decide: async () => accepted, undo } as unknown as Upgrades;
  const config = Object.assign(new ChargersConfig(), settings);
  const log = Log.to({ service: 'chargers', level: 'silent' });
  new ChargerServer(upgrades, { add, size: 0 } as unknown as Sockets, config, new Health(), log);
  return { add, undo };
}

describe('the server for chargers', () => {
  it('ends connections that are no sockets within ten seconds, give or take two', () => {
    serverWith();
    const limits = { headersTimeout: 10_000, connectionsCheckingInterval: 2000 };
    expect(createServer).toHaveBeenLastCalledWith(expect.objectContaining(limits));
  });

  it('also those that do not finish the handshake of TLS', () => {
    jest.mocked(createTlsServer).mockImplementationOnce(() => createServer() as never);
    serverWith({ chargersTlsCert: 'cert', chargersTlsKey: 'key' });
    const limits = { handshakeTimeout: 10_000, headersTimeout: 10_000, connectionsCheckingInterval: 2000 };
    expect(createTlsServer).toHaveBeenLastCalledWith(expect.objectContaining(limits));
  });

  it('gives back what was accepted where the client has gone meanwhile', async () => {
    const { add, undo } = serverWith();
    const server = jest.mocked(createServer).mock.results.at(-1)?.value as Server;
    const socket = new Duplex({ read: () => undefined, write: (_chunk, _encoding, done) => done() });
    const headers = {
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
    };
    server.emit('upgrade', { method: 'GET', url: '/ocpp/CP-1', headers }, socket, Buffer.alloc(0));
    socket.destroy();
    await new Promise(setImmediate);
    expect(undo).toHaveBeenCalledWith(accepted);
    expect(add).not.toHaveBeenCalled();
  });
});
