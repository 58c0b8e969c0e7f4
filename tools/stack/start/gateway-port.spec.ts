import { createServer, type AddressInfo, type Server } from 'node:net';
import { anyFree } from '../ports';
import { gatewayPort } from './gateway-port';

describe('the port of the gateway', () => {
  const before = process.env.PORT;
  const listening: Server[] = [];
  const listen = async (host: string): Promise<number> => {
    const server = createServer();
    listening.push(server);
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    return (server.address() as AddressInfo).port;
  };

  afterEach(() => {
    process.env.PORT = before;
    if (before === undefined) {
      delete process.env.PORT;
    }
    listening.splice(0).forEach((server) => server.close());
  });

  it('is the one of PORT', async () => {
    const port = await anyFree();
    process.env.PORT = String(port);
    expect(await gatewayPort()).toBe(port);
  });

  it.each(['127.0.0.1', '0.0.0.0'])('is refused when somebody has it on %s, with the way out', async (host) => {
    const port = await listen(host);
    process.env.PORT = String(port);
    await expect(gatewayPort()).rejects.toThrow(
      `Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`,
    );
  });

  it.each(['http', '0', '70000', '80.5'])('is refused when PORT is %s', async (text) => {
    process.env.PORT = text;
    await expect(gatewayPort()).rejects.toThrow(`not "${text}"`);
  });
});
