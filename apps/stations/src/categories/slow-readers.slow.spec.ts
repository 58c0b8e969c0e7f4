import { connect, type Socket } from 'node:net';
import { environment } from '@open-cpo/platform';
import { startTestGateway, type TestGateway, until } from '@open-cpo/testing';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the whole way from HTTP to the table: tests pass apps to the kit
import * as gatewayParts from '../../../gateway/src/index';
import { startStations, type Stations } from '../test/stations';

const HOSTILE = { accountId: 1, rows: 20_000 };
const QUIET = { accountId: 2, rows: 1000 };
const PATH = '/api/categories/group';

describe('an account that reads its long lists slowly, beside one that does not', () => {
  let stations: Stations;
  let gateway: TestGateway;
  const sockets = new Set<Socket>();

  beforeAll(async () => {
    // Long lists are not read twice here, to compare them with what row-level security lets through.
    environment().RLS_COMPARED = 'false';
    stations = await startStations('slow_readers');
    for (const { accountId, rows } of [HOSTILE, QUIET])
      await stations.db.query(
        `insert into categories (account_id, type, name, color)
        select $1, 'group', repeat('x', 1500), '#000000' from generate_series(1, $2::int)`,
        [accountId, rows],
      );
    gateway = await startTestGateway({ broker: stations.broker, gateway: gatewayParts });
  });
  afterAll(async () => {
    delete environment().RLS_COMPARED;
    sockets.forEach((socket) => socket.destroy());
    await gateway?.stop();
    await stations?.stop();
  });

  const tokenOf = ({ accountId }: { accountId: number }) => gateway.auth.token({ userId: accountId * 11, accountId });

  /** Asks for the list and reads nothing of it. */
  function askWithoutReading(token: string): void {
    const socket = connect(Number(new URL(gateway.url).port), '127.0.0.1');
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    socket.pause();
    socket.write(`GET ${PATH} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\n\r\n`);
    sockets.add(socket);
  }

  const read = async (token: string) => {
    const answer = await fetch(gateway.url + PATH, { headers: { authorization: `Bearer ${token}` } });
    const { results } = (await answer.json()) as { results?: unknown[] };
    return { status: answer.status, rows: results?.length };
  };

  it('fails none of the lists of the other one', async () => {
    const [hostile, quiet] = [tokenOf(HOSTILE), tokenOf(QUIET)];
    const more = setInterval(() => askWithoutReading(hostile), 100);
    await until(() => sockets.size >= 6);
    const answers = [];
    for (let round = 0; round < 8; round += 1) answers.push(await read(quiet));
    clearInterval(more);
    expect(answers).toEqual(Array.from({ length: 8 }, () => ({ status: 200, rows: QUIET.rows })));
    sockets.forEach((socket) => socket.destroy());
    await until(() => sockets.size === 0);
    await until(async () => (await read(hostile)).rows === HOSTILE.rows);
  });
});
