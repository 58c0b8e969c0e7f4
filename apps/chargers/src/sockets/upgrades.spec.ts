import type { IncomingMessage } from 'node:http';
import { Log, Metrics } from '@open-cpo/platform';
import { hashOf } from '../chargers/secret';
import { ChargersConfig } from '../config';
import type { RefusedRepository } from '../refused/refused.repository';
import type { ConnectionsRepository } from './connections.repository';
import { Upgrades } from './upgrades';

const PASSWORD = 'ab'.repeat(20);

/** Requests for sockets where every identity that begins with `known` has one password. */
function upgradesWith() {
  const connect = jest.fn().mockResolvedValue(1);
  const disconnect = jest.fn().mockResolvedValue(undefined);
  const find = async (identity: string) =>
    identity.startsWith('known') ? { id: 1, identity, secret_hash: hashOf(PASSWORD) } : undefined;
  const config = Object.assign(new ChargersConfig(), { chargersPlain: true });
  const connections = { find, connect, disconnect } as unknown as ConnectionsRepository;
  const seen = { connection: async () => undefined } as unknown as RefusedRepository;
  const log = Log.to({ service: 'chargers', level: 'silent' });
  const upgrades = new Upgrades(connections, seen, config, log, new Metrics());
  const ask = (identity: string, { remoteAddress = '203.0.113.7', password = PASSWORD, ...more } = {}) => {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'ocpp1.6',
      authorization: `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`,
      ...more,
    };
    const request = { method: 'GET', url: `/ocpp/${identity}`, headers, socket: { remoteAddress } };
    return upgrades.decide(request as unknown as IncomingMessage);
  };
  return { upgrades, ask, connect, disconnect };
}

describe('requests for sockets', () => {
  it('that cannot get one take over from none, also with the right password', async () => {
    const { ask, connect } = upgradesWith();
    expect(await ask('known', { 'sec-websocket-key': '' } as object)).toBe('bad_handshake');
    expect(connect).not.toHaveBeenCalled();
    expect(await ask('known')).toMatchObject({ generation: 1 });
  });

  it('that got none are given back by their generation', async () => {
    const { upgrades, ask, disconnect } = upgradesWith();
    const accepted = await ask('known');
    if (typeof accepted === 'string') throw new Error(accepted);
    await upgrades.undo(accepted);
    expect(disconnect).toHaveBeenCalledWith([{ id: 1, generation: 1 }]);
  });

  it('of chargers that were right from an address are not refused for the failures of others there', async () => {
    const { ask } = upgradesWith();
    expect(await ask('known-1')).toMatchObject({ generation: 1 });
    for (let n = 0; n < 60; n += 1) expect(await ask(`strange-${n}`)).toBe('unauthorized');
    expect(await ask('strange')).toBe('too_many');
    expect(await ask('known-2')).toBe('too_many');
    expect(await ask('known-1')).toMatchObject({ generation: 1 });
    expect(await ask('known-2', { remoteAddress: '198.51.100.7' })).toMatchObject({ generation: 1 });
  });

  it('of chargers that were right are limited by their own failures', async () => {
    const { ask } = upgradesWith();
    expect(await ask('known')).toMatchObject({ generation: 1 });
    for (let n = 0; n < 5; n += 1) expect(await ask('known', { password: 'wrong' })).toBe('unauthorized');
    expect(await ask('known')).toBe('too_many');
  });
});
