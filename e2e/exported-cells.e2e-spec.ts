import {
  type ChargePointFull,
  type DomainEvent,
  type Feedback,
  feedbackSubmitted,
  type Order,
  sessionCompleted,
  sessionStarted,
} from '@open-cpo/contracts';
import { environment } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import { Workbook } from 'exceljs';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { at, newOwner, send } from './client';

type Value = string | number | boolean | null;
type Say = (word: string | number) => string;
type PowerCenter = ChargePointFull & { readonly created_at: string };

const GUARD_MS = 600_000;
const ZONE = 'Africa/Algiers';
const CURRENCY = 'DZD';
const LANGUAGES = ['en', 'ar'] as const;
const WORDS: Readonly<Record<string, readonly [en: string, ar: string]>> = {
  0: ['Charging', 'قيد الشحن'],
  1: ['Completed', 'مكتمل'],
  electronic: ['Electronic', 'إلكتروني'],
  energy: ['kWh', 'ك.و.س'],
  minutes: ['Minutes', 'دقائق'],
  'a minute': ['Minute', 'دقيقة'],
  available: ['Available', 'متاحة'],
  busy: ['Busy', 'مشغولة'],
  unavailable: ['Unavailable', 'غير متاحة'],
};

/** "2025-01-09 00:33:27" on the owner's clock; what names no zone is UTC. */
const here = (moment: string): string =>
  new Date(moment.endsWith('Z') ? moment : `${moment.replace(' ', 'T')}Z`).toLocaleString('sv-SE', { timeZone: ZONE });
const numeric = (text: string | number | null): Value => (/^-?\d/.test(String(text)) ? Number(text) : text);

const orderRow = (order: Order, say: Say): Value[] => [
  order.id,
  order.charge_point.title,
  order.charge_point.identifier,
  order.connector_number,
  order.user_id,
  say(order.status),
  say('electronic'),
  here(order.created_at),
  order.delivery_date && here(order.delivery_date),
  ...[order.charging_session_time, order.charging_session_energy, order.requested_quantity, order.quantity].map(
    numeric,
  ),
  say(order.unit),
  ...[order.unit_price, order.price, order.app_fees, order.earning].map(numeric),
  CURRENCY,
  numeric(order.fees),
];

const feedbackRow = (feedback: Feedback): Value[] => [
  feedback.id,
  feedback.charge_point_order_id,
  feedback.charge_point.title,
  feedback.charge_point.identifier,
  feedback.user_id,
  numeric(feedback.rating),
  feedback.feedback_msg,
  here(feedback.insert_date),
];

const powerCenterRow = (center: PowerCenter, say: Say): Value[] => [
  center.id,
  center.title,
  center.identifier,
  center.category,
  say(center.status),
  center.listed,
  [center.address.address_line_1, center.address.city].filter((part) => part !== null).join(', ') || null,
  center.address.city,
  ...[center.latitude, center.longitude].map(numeric),
  center.connectors.length,
  numeric(center.price),
  say(center.price_unit === 'minutes' ? 'a minute' : center.price_unit),
  center.orders_count,
  center.total_energy,
  center.total_sessions_time,
  numeric(center.total_earnings),
  CURRENCY,
  numeric(center.rating),
  here(center.created_at),
];

/** As text, with moments as they are read on the owner's clock. */
function cellOf(value: unknown): Value {
  if (value instanceof Date)
    return new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return (value ?? null) as Value;
}

async function sheetOf(bytes: Buffer, width: number) {
  const book = new Workbook();
  await book.xlsx.load(bytes as unknown as ArrayBuffer);
  const [sheet] = book.worksheets;
  const rows: Value[][] = [];
  sheet?.eachRow((row) => rows.push(Array.from({ length: width }, (_, i) => cellOf(row.getCell(i + 1).value))));
  return { header: rows[0] ?? [], rows: rows.slice(1), rightToLeft: sheet?.views[0]?.rightToLeft === true };
}

/** Lines of comma-separated values, quotes and all. */
function linesOf(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') lines.push([]);
    if (end === '') break;
  }
  return lines.slice(0, -1);
}

/** What a line should say: digits may have zeros at their end, and what looks like a formula has an apostrophe. */
const asText = (value: Value): string => {
  if (value === null) return '';
  return typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
};
const sameDigits = (field: string, value: Value): string =>
  typeof value === 'number' && field !== '' ? String(Number(field)) : field;

describe('every cell of an exported file is what the API says', () => {
  let nats: NatsConnection;
  let token: string;
  /** When they were made, which the answer to that tells alone. */
  const created = new Map<number, string>();

  const get = async <T>(path: string): Promise<T> => (await send('GET', path, { token })).body as T;
  const list = async <T>(path: string): Promise<T[]> =>
    (await get<{ results: { data: T[] } }>(`${path}?itemsPerPage=100`)).results.data;
  const tell = async (domainEvent: DomainEvent<unknown>, payload: object): Promise<void> => {
    await jetstream(nats).publish(domainEvent.subject, JSON.stringify({ version: 1, ...payload }));
  };

  async function powerCenters(): Promise<PowerCenter[]> {
    const listed = await get<{ id: number }[]>('/api/charge-points');
    const whole = async ({ id }: { id: number }): Promise<PowerCenter> => ({
      ...(await get<ChargePointFull>(`/api/charge-points/${id}`)),
      created_at: created.get(id) ?? '',
    });
    return Promise.all(listed.map(whole));
  }

  beforeAll(async () => {
    const { TEST_NATS_URL: servers, TEST_NATS_PASSWORD_CHARGING: pass } = environment();
    nats = await connect({ servers, user: 'charging', pass, inboxPrefix: '_INBOX_charging' });
    ({ token } = await newOwner());
    await send('PATCH', '/api/user', { token, body: { currency: CURRENCY } });
    for (const title of ['=1+1 & "more", <b>', 'محطة الشحن 🔌']) {
      const body = {
        title,
        category: 'EV_CHARGER',
        city: 'Tassala',
        address_line_1: '-12 Rue',
        price: 15.5,
        listed: true,
      };
      const place = { latitude: 36.6457583, longitude: 2.9176092, price_currency: CURRENCY };
      const answer = await send('POST', '/api/charge-points', { token, body: { ...body, ...place } });
      created.set(at(answer, 'id'), at(answer, 'created_at'));
    }
    const [second, first] = await powerCenters();
    const session = (n: number): { session_id: string } => ({ session_id: `cells-${n}-${first?.token}` });
    const begin = (n: number, of: PowerCenter | undefined, time: string) =>
      tell(sessionStarted, {
        ...session(n),
        token: of?.token,
        driver_id: 7,
        requested_quantity: 'FULL',
        meter_wh: 0,
        time,
      });
    await begin(1, first, '2025-01-08T23:33:27Z');
    await begin(2, second, '2025-07-01T06:00:00Z');
    // Long ago it would count as one that fell silent.
    await begin(3, second, new Date().toISOString());
    await tell(sessionCompleted, { ...session(1), meter_wh: 1560, time: '2025-01-09T00:25:13Z' });
    await tell(sessionCompleted, { ...session(2), meter_wh: 22_345, time: '2025-07-01T06:30:30Z' });
    await tell(feedbackSubmitted, {
      ...session(1),
      driver_id: 7,
      rating: '3.90',
      message: '-slow, "very"',
      time: '2025-01-09T00:30:00Z',
    });
    await tell(feedbackSubmitted, {
      ...session(2),
      driver_id: 7,
      rating: '5.00',
      message: 'جيد\nجدا',
      time: '2025-07-01T07:00:00Z',
    });
    const isKnown = async (): Promise<boolean> => {
      const orders = await list<Order>('/api/orders');
      const counted = (await powerCenters()).reduce((sum, { orders_count }) => sum + orders_count, 0);
      const open = orders.filter(({ status }) => status === 0).length;
      return orders.length === 3 && open === 1 && counted >= 2 && (await list('/api/feedback')).length === 2;
    };
    await until(isKnown, 'the sessions to be known everywhere', GUARD_MS);
  }, 3 * GUARD_MS);
  afterAll(() => nats?.close());

  /** The file, as soon as it is there. */
  async function exported(path: string, language: string, accept: string): Promise<Buffer> {
    const headers = { 'accept-language': language, accept };
    const { status, bytes, headers: answered } = await send('GET', path, { token, headers });
    if (status === 200) return bytes;
    const location = answered.get('location') ?? '';
    const done = async () => at<string>(await send('GET', location, { token }), 'results', 'status') === 'finished';
    await until(done, 'the export to be written', GUARD_MS);
    return (await send('GET', `${location}/file`, { token })).bytes;
  }

  const kinds = {
    orders: async (say: Say) => (await list<Order>('/api/orders')).map((order) => orderRow(order, say)),
    feedback: async () => (await list<Feedback>('/api/feedback')).map(feedbackRow),
    'charge-points': async (say: Say) => (await powerCenters()).map((center) => powerCenterRow(center, say)),
  };
  const cases = Object.entries(kinds).flatMap(([kind, rows]) =>
    LANGUAGES.map((language) => ({ kind, rows, language })),
  );

  it.each(cases)('$kind in $language', async ({ kind, rows, language }) => {
    const say: Say = (word) => WORDS[word]?.[LANGUAGES.indexOf(language)] ?? `no word for ${word}`;
    const expected = await rows(say);
    const width = expected[0]?.length ?? 0;
    const path = `/api/${kind}/export`;

    const sheet = await sheetOf(await exported(path, language, '*/*'), width);
    expect(sheet.rows).toEqual(expected);
    expect(sheet.rightToLeft).toBe(language === 'ar');
    expect(sheet.header.filter((title) => /[\u0600-\u06ff]/.test(String(title)))).toHaveLength(
      language === 'ar' ? width : 0,
    );

    const [header = [], ...lines] = linesOf(
      (await exported(path, language, 'text/csv')).toString().replace(/^\ufeff/, ''),
    );
    expect(header).toEqual(sheet.header);
    const read = lines.map((line, y) => line.map((field, x) => sameDigits(field, expected[y]?.[x] ?? null)));
    expect(read).toEqual(expected.map((row) => row.map(asText)));
  });
});
