import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { FaultProxy } from './fault-proxy';

const until = async (what: () => boolean): Promise<void> => {
  while (!what()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('a line through the fault proxy', () => {
  let echo: Server;
  let proxy: FaultProxy;
  const clients: Socket[] = [];
  beforeAll(async () => {
    echo = createServer((socket) => void socket.on('error', () => undefined).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    proxy = await FaultProxy.before((echo.address() as AddressInfo).port);
  });
  afterEach(() => {
    clients.splice(0).forEach((client) => client.destroy());
    proxy.heal();
  });
  afterAll(async () => {
    await proxy.close();
    await new Promise((resolve) => echo.close(resolve));
  });

  interface Line {
    readonly socket: Socket;
    heard: string;
    ended?: string;
  }
  const open = async (): Promise<Line> => {
    const socket = connect(proxy.port, '127.0.0.1');
    const line: Line = { socket, heard: '' };
    clients.push(socket);
    socket.on('data', (bytes) => (line.heard += bytes.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => (line.ended = error.code));
    socket.on('close', () => (line.ended ??= 'closed'));
    socket.write('hello');
    await until(() => line.heard === 'hello' || line.ended !== undefined || !proxy.works);
    return line;
  };

  it('carries what is sent, both ways', async () => {
    const line = await open();
    const much = 'x'.repeat(1_000_000);
    line.socket.write(much);
    await until(() => line.heard.length === much.length + 5);
    expect(line.heard.slice(5)).toBe(much);
  });

  it.each([{ latency: 20 }, { bandwidth: 100_000 }])('with %j loses nothing and keeps the order', async (trouble) => {
    const line = await open();
    proxy.impair(trouble);
    const words = Array.from({ length: 20 }, (_, index) => `word ${index};`);
    for (const word of words) line.socket.write(word);
    await until(() => line.heard.endsWith('word 19;'));
    expect(line.heard).toBe(`hello${words.join('')}`);
  });

  it('that is silent carries nothing, tells nobody, and goes on afterwards', async () => {
    const line = await open();
    proxy.impair({ silent: true });
    line.socket.write(' world');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect([line.heard, line.ended]).toEqual(['hello', undefined]);
    proxy.heal();
    await until(() => line.heard === 'hello world');
  });

  it('that is cut is reset, and a new one is possible', async () => {
    const line = await open();
    proxy.cut();
    await until(() => line.ended !== undefined);
    expect((await open()).heard).toBe('hello');
  });

  it('is refused while it stays cut', async () => {
    proxy.cut(true);
    const line = await open();
    await until(() => line.ended !== undefined);
    expect(line.heard).toBe('');
    proxy.heal();
    expect((await open()).heard).toBe('hello');
  });

  it('ends at one end when it ends at the other', async () => {
    const line = await open();
    line.socket.end();
    await until(() => line.ended === 'closed');
    await until(() => proxy.lines === 0);
  });
});
