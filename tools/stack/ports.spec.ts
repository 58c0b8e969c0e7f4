import { createServer, type AddressInfo, type Server } from 'node:net';
import { anyFree, choosePorts, isFree } from './ports';

describe('the choice of ports', () => {
  let busy: Server;
  let busyPort: number;

  beforeAll(async () => {
    busy = createServer();
    await new Promise<void>((resolve) => busy.listen(0, '127.0.0.1', resolve));
    busyPort = (busy.address() as AddressInfo).port;
  });

  afterAll(() => new Promise((resolve) => busy.close(resolve)));

  it('sees that somebody listens', async () => {
    expect(await isFree(busyPort)).toBe(false);
    expect(await isFree(await anyFree())).toBe(true);
  });

  it('keeps remembered ports, so that addresses stay the same from start to start', async () => {
    const port = await anyFree();
    expect(await choosePorts(['nats'], { nats: port, other: 1 })).toEqual({ nats: port });
  });

  it('takes another one where a remembered port is taken', async () => {
    const { nats } = await choosePorts(['nats'], { nats: busyPort });
    expect(nats).not.toBe(busyPort);
    expect(await isFree(nats)).toBe(true);
  });

  it('takes another one where a remembered port is reserved', async () => {
    const port = await anyFree();
    const { nats } = await choosePorts(['nats'], { nats: port }, [port]);
    expect(nats).not.toBe(port);
  });

  it('never gives one port to two', async () => {
    const port = await anyFree();
    const chosen = await choosePorts(['a', 'b', 'c'], { a: port, b: port, c: port });
    expect(chosen.a).toBe(port);
    expect(new Set(Object.values(chosen)).size).toBe(3);
  });
});
