import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerIn, bytesOf, Connection } from './connection';
import { cpuOf } from '../../tools/stack/cpu';
import { closedLoop, openLoop } from './load';

const text = (bytes: Buffer | undefined): string | undefined => bytes?.toString();

describe('an answer in bytes', () => {
  const head = 'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n';

  it('is whole when as much has come as was announced', () => {
    const bytes = Buffer.from(`${head}Content-Length: 5\r\n\r\nhello`);
    expect(answerIn(bytes.subarray(0, -1))).toBeUndefined();
    const answer = answerIn(bytes);
    expect([answer?.status, answer?.headers.get('content-type'), text(answer?.body)]).toEqual([
      200,
      'text/plain',
      'hello',
    ]);
  });

  it('comes in chunks, too', () => {
    const bytes = Buffer.from(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n7\r\n, world\r\n0\r\n\r\n`);
    for (let end = 0; end < bytes.length; end += 1) expect(answerIn(bytes.subarray(0, end))).toBeUndefined();
    expect(text(answerIn(bytes)?.body)).toBe('hello, world');
  });
});

describe('a load', () => {
  let server: Server;
  let port: number;
  const asking = bytesOf({ method: 'POST', path: '/echo?x=1', headers: { accept: 'text/plain' }, body: '{"a":1}' });

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        response.statusCode = request.url === '/no' ? 503 : 200;
        response.end(`${request.method} ${request.url} ${request.headers.accept} ${body}`);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    ({ port } = server.address() as AddressInfo);
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  const open = (count: number): Promise<Connection[]> =>
    Promise.all(Array.from({ length: count }, () => Connection.open(port)));

  it('asks one thing after the other over a connection', async () => {
    const [connection] = (await open(1)) as [Connection];
    for (let round = 0; round < 3; round += 1) {
      expect(text((await connection.ask(asking)).body)).toBe('POST /echo?x=1 text/plain {"a":1}');
    }
    connection.close();
  });

  it('counts what is answered as expected, and what is not', async () => {
    const connections = await open(2);
    const no = bytesOf({ method: 'GET', path: '/no', headers: {} });
    let asked = 0;
    const next = (): Buffer => (asked++ % 2 === 0 ? asking : no);
    const { answered, failed, latencies } = await closedLoop(connections, { next, expected: 200 }, 50);
    expect(answered).toBe(latencies.length);
    expect(answered + failed).toBe(asked);
    expect(failed).toBeGreaterThan(0);
    connections.forEach((connection) => connection.close());
  });

  it('comes at random moments, each answered in the end', async () => {
    const connections = await open(2);
    let asked = 0;
    const next = (): Buffer => ((asked += 1), asking);
    const { answered, failed } = await openLoop(connections, { next, expected: 200 }, 500, 100);
    expect([answered, failed]).toEqual([asked, 0]);
    connections.forEach((connection) => connection.close());
  });

  it('fails when the server hangs up', async () => {
    const [connection] = (await open(1)) as [Connection];
    server.closeAllConnections();
    await expect(connection.ask(asking)).rejects.toThrow();
  });
});

describe('the CPU time of processes', () => {
  it('grows with what they do', () => {
    const before = cpuOf([process.pid]);
    for (let sum = 0; cpuOf([process.pid]) === before;) sum += Math.sqrt(sum + 1);
    expect(cpuOf([process.pid])).toBeGreaterThan(before);
  });

  it('of nobody is none', () => {
    expect(cpuOf([])).toBe(0);
    expect(cpuOf([2 ** 22 + 1])).toBe(0);
  });
});
