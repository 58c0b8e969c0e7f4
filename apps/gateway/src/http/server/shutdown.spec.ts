import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { drainOf } from './serve';
import { recordingGateway } from '../../fixture/recording-gateway';

describe('a server that is to end', () => {
  let server: Server;
  let agent: Agent;
  const waiting: ServerResponse[] = [];
  beforeEach(async () => {
    agent = new Agent({ keepAlive: true });
    server = createServer({ keepAliveTimeout: 60_000 }, (_request, response) => void waiting.push(response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => {
    agent.destroy();
    server.closeAllConnections();
    waiting.splice(0);
  });

  /** Asks; resolves with what came once the server has answered. */
  const ask = (): { arrived: Promise<unknown>; answered: Promise<IncomingMessage> } => {
    const arrived = once(server, 'request');
    const { port } = server.address() as AddressInfo;
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent }, (answer) => {
        answer.resume().once('end', () => resolve(answer));
      }).once('error', reject);
    });
    return { arrived, answered };
  };

  it('ends when what it was at is answered, although clients keep their connections', async () => {
    const { arrived, answered } = ask();
    await arrived;
    await drainOf(server, 0)();
    const closed = new Promise((resolve) => server.close(resolve));
    waiting[0]?.end('done');
    expect((await answered).statusCode).toBe(200);
    await closed;
  });

  it('answers what still comes while load balancers take note, and asks for another connection', async () => {
    const first = ask();
    await first.arrived;
    waiting[0]?.end();
    expect((await first.answered).headers.connection).toBe('keep-alive');
    const drained = drainOf(server, 200)();
    const second = ask();
    await second.arrived;
    waiting[1]?.end();
    expect((await second.answered).headers.connection).toBe('close');
    await drained;
    await new Promise((resolve) => server.close(resolve));
  });
});

it('a connection that never carried a request does not keep the gateway from ending', async () => {
  const gateway = await recordingGateway();
  const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
  await once(socket, 'connect');
  // What has come before the connection is answered proves that the server knows of it.
  await gateway.ask('GET', '/api/categories');
  const ended = once(socket, 'close');
  await gateway.stop();
  await ended;
});
