import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ready } from '../shared/settings';
import { ANSWERS, isRight, ocppSettings } from './settings';

/** What is used of the package, which has no types. */
interface RpcClient {
  handle(action: string, handler: () => object): void;
}
interface Handshake {
  readonly password?: Buffer;
}
interface RpcServer {
  auth(check: (accept: () => void, reject: (status: number) => void, handshake: Handshake) => void): void;
  on(event: 'client', listener: (client: RpcClient) => void): void;
  listen(port: number, host: string): Promise<unknown>;
}

const { port, secretHash, packages } = ocppSettings();
const hash = Buffer.from(secretHash, 'hex');
const { RPCServer } = createRequire(join(packages, 'package.json'))('ocpp-rpc') as {
  RPCServer: new (options: object) => RpcServer;
};

/** A server of the library `ocpp-rpc` as its documentation shows one, without strict mode. It stores nothing. */
async function main(): Promise<void> {
  const server = new RPCServer({ protocols: ['ocpp1.6'], strictMode: false, pingIntervalMs: 60_000 });
  server.auth((accept, reject, { password }) => {
    if (isRight(password?.toString() ?? '', hash)) accept();
    else reject(401);
  });
  server.on('client', (client) => {
    for (const [action, answer] of Object.entries(ANSWERS)) client.handle(action, answer);
  });
  await server.listen(port, '127.0.0.1');
  ready();
}

void main();
