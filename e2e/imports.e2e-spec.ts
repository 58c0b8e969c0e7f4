import { Workbook } from 'exceljs';
import { at, type Answer, demoUser, newOwner, send } from './client';

const base = process.env.TEST_GATEWAY_URL ?? '';

/** Sends a file as a browser's form does. */
async function upload(token: string, fields: Record<string, string>, file?: string | Uint8Array) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  if (file !== undefined) form.append('file', new Blob([file]), 'file.csv');
  const answer = await fetch(`${base}/api/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
  return { status: answer.status, location: answer.headers.get('location') ?? '', text: await answer.text() };
}

/** Waits for the end of an import. */
async function ended(location: string, token: string): Promise<Answer> {
  for (;;) {
    const answer = await send('GET', location, { token });
    if (!['waiting', 'running'].includes(at<string>(answer, 'results', 'status'))) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function imported(token: string, kind: string, file: string | Uint8Array, more: Record<string, string> = {}) {
  const { status, location, text } = await upload(token, { kind, ...more }, file);
  expect([status, text]).toEqual([202, expect.any(String)]);
  const { results } = (await ended(location, token)).body as { results: Record<string, unknown> };
  const errors = (await send('GET', `${location}/errors`, { token })).body as { results: object[] };
  return { location, job: results, errors: errors.results };
}

const POWER_CENTERS = `\ufeffTitle;external ID;Category;Identifier;Latitude;Price;price-currency;remarks
"Tassala; Söhne";A-1;EV_CHARGER;E2E-KEY-1;36,630753;15,50;DZD;first
محطة;A-2;EV_CHARGER;E2E-KEY-2;٣٦٫٥;;;
;A-3;EV_CHARGER;;;;;
`;
const WORKERS = `external_id\tfirst_name\tlast_name\temail\trfid\texpire_at
W-1\tAmina\tHaddad\tamina@example.com\t04:a2:b1:c6\t2125-12-31
W-2\tOmar\tHaddad\tomar@example.com\t04A2B1C6\t2125-12-31
`;
const ORDERS = `session_id,power_center,started_at,ended_at,energy_kwh,price,currency,rate
S-1,KEY-1,2024-03-01T10:00:00,2024-03-01T11:00:00,7.5,500.00,DZD,134.5
S-2,KEY-2,2024-03-02T10:00:00Z,2024-03-02T11:00:00Z,3,200.00,DZD,134.5
S-3,nowhere,2024-03-02T10:00:00Z,2024-03-02T11:00:00Z,3,200.00,DZD,134.5
`;

describe('an owner who moves here', () => {
  let token: string;
  let other: string;
  const key = String(Date.now());
  const mine = (text: string): string => text.replaceAll('E2E-KEY', `E2E-${key}`).replaceAll('KEY', `E2E-${key}`);

  beforeAll(async () => {
    [{ token }, { token: other }] = await Promise.all([newOwner(), newOwner()]);
  });

  it('finds a template for each kind', async () => {
    for (const kind of ['power-centers', 'workers', 'orders']) {
      const { status, text, headers } = await send('GET', `/api/imports/templates/${kind}`, { token });
      expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
      expect(text.trim().split('\r\n')).toHaveLength(2);
    }
    expect((await send('GET', '/api/imports/templates/money', { token })).status).toBe(404);
  });

  it('brings power centers along, first without writing anything', async () => {
    const dry = await imported(token, 'power-centers', mine(POWER_CENTERS), { dry_run: 'true' });
    const counts = { status: 'finished', rows: 3, created: 2, unchanged: 0, failed: 1, unknown_columns: ['remarks'] };
    expect(dry.job).toMatchObject({ ...counts, dry_run: true });
    expect((await send('GET', '/api/charge-points', { token })).body).toEqual([]);
    const real = await imported(token, 'power-centers', mine(POWER_CENTERS));
    expect([real.job, real.errors]).toMatchObject([counts, dry.errors]);
    expect(real.errors).toEqual([{ line: 4, errors: { title: ['The title field is required.'] } }]);
    const list = (await send('GET', '/api/charge-points', { token })).body as { title: string }[];
    expect(list.map(({ title }) => title)).toEqual(['محطة', 'Tassala; Söhne']);
    expect((await imported(token, 'power-centers', mine(POWER_CENTERS))).job).toMatchObject({
      created: 0,
      unchanged: 2,
    });
  });

  it('brings workers along, whose cards are theirs alone', async () => {
    const dry = await imported(token, 'workers', Buffer.from(`\ufeff${WORKERS}`, 'utf16le'), { dry_run: '1' });
    const real = await imported(token, 'workers', WORKERS);
    expect([real.job.created, real.errors]).toEqual([1, dry.errors]);
    expect(real.errors).toEqual([{ line: 3, errors: { rfid: ['The rfid has already been taken.'] } }]);
  });

  it('brings them along in a workbook', async () => {
    const book = new Workbook();
    const sheet = book.addWorksheet('Workers');
    sheet.addRow(['external_id', 'first_name', 'last_name', 'email', 'rfid', 'expire_at']);
    sheet.addRow(['X-1', 'Lina', 'Haddad', 'lina@example.com', 987654321, new Date('2125-12-31T00:00:00Z')]);
    const { job, errors } = await imported(token, 'workers', Buffer.from(await book.xlsx.writeBuffer()));
    expect([job.created, errors]).toEqual([1, []]);
    expect((await send('GET', '/api/workers', { token })).text).toContain(
      '"rfid":"987654321","expire_at":"2125-12-31"',
    );
  });

  it('brings their history along, which is in lists and statistics but not in the balance', async () => {
    let history = await imported(token, 'orders', mine(ORDERS));
    // Orders hear of new power centers a moment later; the same file goes on where it ended.
    while (history.errors.length > 1) history = await imported(token, 'orders', mine(ORDERS));
    expect(history.errors).toEqual([{ line: 4, errors: { power_center: ['The selected power center is invalid.'] } }]);
    const { status, body } = await send('GET', '/api/orders', { token });
    expect([status, JSON.stringify(body)]).toEqual([200, expect.stringContaining('"price":"500.00"')]);
    expect(JSON.stringify((await send('GET', '/api/balance', { token })).body)).not.toContain('500');
    expect((await imported(token, 'orders', mine(ORDERS))).job).toMatchObject({ created: 0, unchanged: 2, failed: 1 });
    expect((await send('GET', '/api/orders', { token: other })).text).not.toContain('500.00');
  });

  it('gets the errors of a file as a whole', async () => {
    const reasonOf = async (file: string | Uint8Array) => (await imported(token, 'workers', file)).job.reason;
    expect(await reasonOf('first_name,email\nA,B\n')).toContain('The file has no column');
    expect(await reasonOf(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]))).toContain('neither text');
    expect(await reasonOf(`${WORKERS}"never closed`)).toContain('not proper CSV');
    expect(await reasonOf(ORDERS)).toContain('The file has no column');
  });

  it('is refused what is no import', async () => {
    expect((await upload(token, { kind: 'money' }, 'a,b')).status).toBe(422);
    expect((await upload(token, { kind: 'orders' })).status).toBe(422);
    expect((await send('POST', '/api/imports', { token, body: { kind: 'orders' } })).status).toBe(422);
    const viewer = await demoUser('viewer');
    expect((await upload(viewer, { kind: 'orders' }, ORDERS)).status).toBe(403);
    expect((await send('GET', '/api/imports', { token: viewer })).body).toMatchObject({ results: [] });
  });

  it('sees their own imports alone', async () => {
    const { location } = await imported(token, 'workers', WORKERS);
    expect(at<object[]>(await send('GET', '/api/imports', { token }), 'results').length).toBeGreaterThan(5);
    expect(at<object[]>(await send('GET', '/api/imports', { token: other }), 'results')).toEqual([]);
    for (const path of [location, `${location}/errors`])
      expect((await send('GET', path, { token: other })).status).toBe(403);
    expect((await send('DELETE', location, { token: other })).status).toBe(403);
    expect((await send('DELETE', location, { token })).status).toBe(200);
    expect((await send('GET', '/api/imports/orders-1', { token })).status).toBe(404);
  });
});
