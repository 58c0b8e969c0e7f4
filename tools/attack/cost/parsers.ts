import type { Tally } from '../report/tally';
import type { Client } from '../sending/client';
import type { Means } from '../sending/target';
import { cpuOf, NOISE_MS } from './process-figures';

const TIMES = 40;
/** How much CPU time a worst case may take, as a multiple of an ordinary one of its size: some 1.5 are usual. */
const RATIO = 5;

type Headers = Readonly<Record<string, string>>;

const FORM = 'application/x-www-form-urlencoded';
const many = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, i) => piece(i)).join('');

/** Bodies that cost parsers most, of some 14 kB and of some 250 kB. */
const BODIES: readonly (readonly [string, string, string])[] = [
  ['sparse indices on five levels', FORM, many(400, (i) => `a[19999][19999][19999][19999][${i}]=&`)],
  ['sparse indices', FORM, many(1700, (i) => (i === 0 ? 'a[19999]=&' : `a[${i}]=&`))],
  ['one key', FORM, 'a=&'.repeat(60_000)],
  ['malformed escapes', FORM, '%=%&'.repeat(60_000)],
  ['blanks', FORM, '+'.repeat(250_000)],
  ['arrays in each other', 'application/json', '['.repeat(250_000)],
  ['empty arrays', 'application/json', `[[]${',[]'.repeat(80_000)}]`],
  ['almost endless numbers', 'application/json', `[1${`,${'1'.repeat(299)}`.repeat(800)}]`],
  ['a multipart body', 'multipart/form-data; boundary=aaaa', '--aaa'.repeat(50_000)],
];
const QUERIES: readonly (readonly [string, string])[] = [
  ['sparse indices in a query', `a[19999]=&${many(1400, (i) => `a[${i}]=&`)}`],
  ['slashes', ''],
];

/** Headers that cost most, of some 14 kB. */
const HEADERS: Readonly<Record<string, string>> = {
  'x-forwarded-for': `198.51.100.1${',::1'.repeat(3500)}`,
  cookie: 'a=%b;'.repeat(2800),
  'accept-language': 'a-b;q=0.1,'.repeat(1400),
  'accept-encoding': 'gzip;q=0,'.repeat(1500),
  'if-none-match': 'W/"a",'.repeat(2300),
  'last-event-id': '9'.repeat(14_000),
  authorization: `Bearer ${'a.'.repeat(7000)}`,
};

/** Sends anonymously what costs parsers most and compares the gateway's CPU time with that of ordinary requests. */
export async function attackParsers(client: Client, gatewayPid: number, means: Means, tally: Tally): Promise<void> {
  const dear: string[] = [];
  let most = 0;
  const spent = async (target: string, type?: string, text = '', more: Headers = {}): Promise<number> => {
    const before = cpuOf(gatewayPid);
    for (let n = 0; n < TIMES; n += 1) {
      const headers = { 'x-forwarded-for': means.address(), ...(type ? { 'content-type': type } : {}), ...more };
      const content = type ? { method: 'POST', body: Buffer.from(text) } : { method: 'GET' };
      const { status } = await client.send({ target, headers, ...content });
      tally.counted('parsers', status);
    }
    return cpuOf(gatewayPid) - before;
  };
  const record = (what: string, taken: number, plain: number): void => {
    most = Math.max(most, taken / Math.max(plain, NOISE_MS));
    if (taken > RATIO * Math.max(plain, NOISE_MS)) dear.push(`${what}: ${taken} ms, an ordinary one ${plain} ms`);
  };
  for (const path of ['/no/such/path', '/api/v3/auth/login']) {
    const plain = await spent(path, 'application/json', JSON.stringify({ email: 'v'.repeat(200_000) }));
    for (const [what, type, text] of BODIES) record(`${what} to ${path}`, await spent(path, type, text), plain);
  }
  const plain = await spent('/api/v3/countries?page=1');
  for (const [what, query] of QUERIES) {
    const target = query === '' ? `/api${'/'.repeat(14_000)}` : `/api/v3/countries?${query}`;
    record(what, await spent(target), plain);
  }
  const long = await spent('/api/v3/countries', undefined, '', { 'x-padding': 'a'.repeat(14_000) });
  for (const [name, value] of Object.entries(HEADERS)) {
    record(`the header ${name}`, await spent('/api/v3/countries', undefined, '', { [name]: value }), long);
  }
  const figures = [`${TIMES} of each kind; the dearest ${most.toFixed(1)} times an ordinary one`, ...dear].join('; ');
  tally.checked('anonymous requests that are dear to parse', dear.length === 0, figures);
}
