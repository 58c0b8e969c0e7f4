import { Workbook } from 'exceljs';
import { at, newOwner, send } from './client';

const base = process.env.TEST_GATEWAY_URL ?? '';

interface File {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Buffer;
}

async function get(path: string, token: string, headers: Record<string, string> = {}): Promise<File> {
  const answer = await fetch(base + path, { headers: { authorization: `Bearer ${token}`, ...headers } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
}

async function sheetOf({ bytes }: Pick<File, 'bytes'>): Promise<unknown[][]> {
  const book = new Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  const rows: unknown[][] = [];
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)));
  return rows;
}

/** Waits for an export's file and fetches it. */
async function later(location: string, token: string): Promise<File> {
  for (;;) {
    const answer = await send('GET', location, { token });
    const status = at<string>(answer, 'results', 'status');
    if (status === 'failed') throw new Error('The export failed.');
    if (status === 'finished') return get(`${location}/file`, token);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The file, whether it comes at once or later. */
async function exported(path: string, token: string, headers: Record<string, string> = {}): Promise<File> {
  const answer = await get(path, token, headers);
  if (answer.status !== 202) return answer;
  return later(answer.headers.get('location') ?? '', token);
}

describe('an owner who wants their data in a spreadsheet', () => {
  let token: string;
  let other: string;

  beforeAll(async () => {
    [{ token }, { token: other }] = await Promise.all([newOwner(), newOwner()]);
    for (const title of ['=1+1', 'Tassala & Söhne', 'محطة 🔌']) {
      const body = { title, category: 'EV_CHARGER' };
      expect((await send('POST', '/api/charge-points', { token, body })).status).toBe(200);
    }
  });

  it('gets their power centers, cell for cell as the list has them', async () => {
    const file = await exported('/api/charge-points/export', token);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="file.xlsx"');
    const [header = [], ...rows] = await sheetOf(file);
    const list = (await send('GET', '/api/charge-points', { token })).body as {
      id: number;
      title: string;
      identifier: string;
    }[];
    const column = (title: string): unknown[] => rows.map((row) => row[header.indexOf(title)]);
    expect(column('ID')).toEqual(list.map(({ id }) => id));
    expect(column('Title')).toEqual(list.map(({ title }) => title));
    expect(column('Identifier')).toEqual(list.map(({ identifier }) => identifier));
  });

  it.each([
    ['/api/orders/export', 'Orders.xlsx'],
    ['/api/feedback/export', 'feedback.xlsx'],
  ])('gets a header alone from %s while there is nothing', async (path, name) => {
    const file = await exported(path, token);
    expect(file.headers.get('content-disposition')).toBe(`attachment; filename="${name}"`);
    expect(await sheetOf(file)).toHaveLength(1);
  });

  it('gets lines of text, in which a formula is none', async () => {
    const file = await exported('/api/charge-points/export', token, { accept: 'text/csv' });
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(file.bytes.toString()).toContain(",'=1+1,");
    expect(file.bytes.toString().trim().split('\r\n')).toHaveLength(4);
  });

  it('gets it later when they ask so, in parts, and no other account does', async () => {
    const asked = await get('/api/charge-points/export', token, { prefer: 'respond-async', 'accept-language': 'ar' });
    const location = asked.headers.get('location') ?? '';
    expect([asked.status, location]).toEqual([
      202,
      expect.stringMatching(/^\/api\/exports\/power-centers-[\da-f-]{36}$/),
    ]);
    const file = await later(location, token);
    expect((await sheetOf(file))[0]).toContain('الأرباح');
    const half = Math.floor(file.bytes.length / 2);
    const rest = await get(`${location}/file`, token, { range: `bytes=${half}-` });
    expect([rest.status, rest.bytes.equals(file.bytes.subarray(half))]).toEqual([206, true]);
    for (const path of [location, `${location}/file`]) expect((await get(path, other)).status).toBe(403);
    expect((await send('DELETE', location, { token })).status).toBe(200);
    expect((await get(`${location}/file`, token)).status).toBe(404);
  });
});
