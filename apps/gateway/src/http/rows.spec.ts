import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { Refusal } from '@open-cpo/contracts';
import type { Chunk } from '@open-cpo/messaging';
import { until } from '@open-cpo/testing';
import { bearer, recordingGateway, type RecordingGateway } from '../fixture/recording-gateway';
import '../index';

let gateway: RecordingGateway;
beforeAll(async () => {
  gateway = await recordingGateway();
});
afterAll(() => gateway?.stop());
beforeEach(() => gateway.bus.reset());

const LIST = '/api/charge-points';
const PAGE = '/api/categories/charge-point/datatable?itemsPerPage=-1';
const row = (id: number, size = 0): string => JSON.stringify({ id, text: 'x'.repeat(size) });
const chunk = (text: string, rows = 1): Chunk => ({ bytes: Buffer.from(text), rows });

/** The answer, still unread. */
const open = async (path: string): Promise<IncomingMessage> => {
  const request = get(`${gateway.url}${path}`, { headers: bearer(), agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
};
const read = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of response) text += String(part);
  return text;
};

describe('all rows as a list', () => {
  it('are one whole array, however they come', async () => {
    gateway.bus.rows = async function* () {
      yield await Promise.resolve(chunk(`${row(1)},${row(2)}`, 2));
      // A row larger than a message comes in pieces.
      yield chunk(row(3).slice(0, 4), 0);
      yield chunk(row(3).slice(4));
      yield chunk(row(4));
    };
    const { body } = await gateway.ask('GET', LIST);
    expect((body as { id: number }[]).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it('are an empty array when there are none', async () => {
    gateway.bus.rows = async function* () {};
    expect((await gateway.ask('GET', LIST)).text).toBe('[]');
    expect((await gateway.ask('GET', '/api/categories/charge-point')).body).toMatchObject({ success: 1, results: [] });
  });
});

describe('all rows as a page', () => {
  it('count themselves', async () => {
    const { body } = await gateway.ask('GET', PAGE);
    const results = { data: [{ id: 2 }, { id: 1 }], meta: { per_page: -1, total: 2 } };
    expect(body).toMatchObject({ success: 1, results });
    expect(gateway.bus.last?.subject).toBe('stations.categories.all');
  });

  it('are none', async () => {
    gateway.bus.rows = async function* () {};
    const { body } = await gateway.ask('GET', PAGE);
    expect(body).toMatchObject({ results: { data: [], meta: { per_page: -1, total: 0 } } });
  });

  it.each(['', '?itemsPerPage=5', '?itemsPerPage=-10', '?itemsPerPage[]=5'])(
    'come one page at a time with "%s"',
    async (query) => {
      await gateway.ask('GET', `/api/categories/charge-point/datatable${query}`);
      expect(gateway.bus.last?.subject).toBe('stations.categories.table');
    },
  );
});

describe('a service that fails', () => {
  it('before the first row is told as every refusal', async () => {
    gateway.bus.rows = async function* () {
      yield await Promise.reject(new Refusal('service_unavailable'));
    };
    for (const path of [LIST, PAGE]) {
      const { status, headers, body } = await gateway.ask('GET', path);
      expect([status, headers.get('retry-after')]).toEqual([503, '2']);
      expect(body).toMatchObject({ success: 0 });
    }
  });

  it.each([
    ['after a row', async () => undefined],
    ['a while after a row', () => new Promise((resolve) => setTimeout(resolve, 20))],
  ])('%s never looks like a whole answer', async (_when, pause) => {
    for (const path of [LIST, PAGE]) {
      gateway.bus.rows = async function* () {
        yield chunk(row(1, 100_000));
        await pause();
        throw new Refusal('service_unavailable');
      };
      // Nothing was sent yet, and so it is refused; or the connection breaks while it is read.
      const whole = await open(path)
        .then(async (response) => {
          const text = await read(response);
          return response.statusCode === 200 ? text : undefined;
        })
        .catch(() => undefined);
      expect(whole).toBeUndefined();
    }
  });

  it('after many rows breaks the connection', async () => {
    gateway.bus.rows = async function* () {
      for (let id = 1; id <= 20; id += 1) yield await Promise.resolve(chunk(row(id, 100_000)));
      throw new Refusal('deadline_exceeded');
    };
    const response = await open(LIST);
    expect(response.statusCode).toBe(200);
    await expect(read(response)).rejects.toThrow('aborted');
    expect(gateway.log.some((line) => line.includes('A streamed answer broke'))).toBe(true);
  });
});

describe('a client', () => {
  const endless = () => {
    const state = { taken: 0, ended: false };
    gateway.bus.rows = async function* () {
      try {
        for (;;) {
          state.taken += 1;
          yield await new Promise<Chunk>((resolve) => setImmediate(resolve, chunk(row(state.taken, 100_000))));
        }
      } finally {
        state.ended = true;
      }
    };
    return state;
  };

  it('that is slow slows the cursor down instead of filling memory', async () => {
    const state = endless();
    const response = await open(LIST);
    response.pause();
    let before = -1;
    // The sockets' buffers fill up, and then nothing more is asked for.
    await until(async () => {
      if (state.taken === before) return true;
      before = state.taken;
      await new Promise((resolve) => setTimeout(resolve, 200));
      return false;
    });
    expect(state.taken).toBeLessThan(500);
    response.destroy();
    await until(() => state.ended);
  });

  it('that leaves ends the cursor', async () => {
    const state = endless();
    const response = await open(LIST);
    response.destroy();
    await until(() => state.ended);
    expect((await gateway.ask('GET', '/api/user')).status).toBe(200);
  });

  it('that only wants the head ends the cursor', async () => {
    const state = endless();
    const { status, text } = await gateway.ask('HEAD', LIST);
    expect([status, text, state.ended]).toEqual([200, '', true]);
  });
});
