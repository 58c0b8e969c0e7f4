import { Readable } from 'node:stream';
import { accept, ListOrders, Login } from '@open-cpo/contracts';
import { rateLimitNetwork } from '@open-cpo/platform';
import { partOf } from '../../exports/download';
import { readForm } from '../../payouts/multipart';
import { etagMatches } from '../caching/etag';
import { asksForGeoJson, codingFor, languageOf } from '../negotiation';
import { declaredRoutes } from '../route';
import { allowedMethods } from '../answers/errors';
import { BODY_PAIRS, parseForm, parseQuery } from './form';
import { parseJson } from './json';
import '../..';

type Parse = (text: string) => unknown;

/** Bytes of a URL or a header, which Node bounds by 16 KiB together; and of a body, a quarter of what it may have. */
const [HEAD, BODY] = [14_000, 250_000];
/** How much dearer a kilobyte may be than one of an ordinary body: the worst case found was above 10,000. */
const RATIO = 15;
/** CPU time that one measurement takes at least, in microseconds. */
const LEAST_CPU_US = 15_000;
const MOST_ROUNDS = 30;

const filled = (piece: string | ((index: number) => string), size: number): string => {
  const pieces: string[] = [];
  for (let length = 0, i = 0; length < size; i += 1) {
    const next = typeof piece === 'string' ? piece : piece(i);
    pieces.push(next);
    length += next.length;
  }
  return pieces.join('').slice(0, size);
};

/**
 * Microseconds of CPU time per kilobyte, the least of three measurements; with `enough`, measured until it is below
 * that, or often in vain: other work on the machine makes a measurement dearer, never cheaper.
 */
async function cost(parse: Parse, text: string, enough?: number): Promise<number> {
  const once = async (): Promise<void> => {
    try {
      await parse(text);
    } catch {
      // Refused is fine: the question is what it took.
    }
  };
  await once();
  let least = Infinity;
  const rounds = enough === undefined ? 3 : MOST_ROUNDS;
  for (let round = 0; round < rounds && least >= (enough ?? 0); round += 1) {
    const before = process.cpuUsage();
    let times = 0;
    let used = 0;
    for (; used < LEAST_CPU_US; times += 1) {
      await once();
      const { user, system } = process.cpuUsage(before);
      used = user + system;
    }
    least = Math.min(least, used / times / (text.length / 1000));
  }
  return least;
}

const json: Parse = (text) => parseJson(Buffer.from(text));
const form: Parse = (text) => parseForm(text, BODY_PAIRS);
/** As it comes from a connection. */
function* inChunks(text: string): Generator<Buffer> {
  for (let at = 0; at < text.length; at += 65_536) yield Buffer.from(text.slice(at, at + 65_536));
}
const multipart: Parse = (text) =>
  readForm(
    { stream: Readable.from(inChunks(text)), contentType: `multipart/form-data; boundary=${EDGE}` },
    'id',
    10_000_000,
    keep,
  );
const keep = (): Promise<never> => Promise.reject(new Error('no file'));
const path: Parse = (text) => allowedMethods(declaredRoutes(), text);
const sorted: Parse = (sortBy) => accept(ListOrders, { sortBy });
const login: Parse = (email) => accept(Login, { email, password: email });

const EDGE = 'a'.repeat(70);
const part = (name: string): string => `--${EDGE}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\nx\r\n`;

const CASES: Record<string, readonly [Parse, number, Record<string, string | ((index: number) => string)>]> = {
  'a form': [
    form,
    BODY,
    {
      'sparse indices on five levels': (i) => `a[19999][19999][19999][19999][${i}]=&`,
      'sparse indices': (i) => (i === 0 ? 'a[9999]=&' : `a[${i}]=&`),
      'one key': 'a=&',
      'one list': 'a[]=&',
      'nested lists': 'a[][]=&',
      'deep brackets': 'a' + '[b]'.repeat(1000) + '=&',
      'open brackets': '[',
      'closed brackets': ']',
      'mixed kinds of one key': (i) => ['a=&', 'a[b]=&', 'a[]=&', 'a[0][c]=&'][i % 4] ?? '',
      'no pairs': '&',
      'malformed escapes': '%=%&',
      'escapes of no UTF-8': '%FF=%C3%28&',
      'escapes all over': '%41',
      'numbers as names': (i) => `${i}=&`,
      blanks: '+',
    },
  ],
  'a query string': [
    parseQuery,
    HEAD,
    {
      'sparse indices on five levels': (i) => `a[19999][19999][19999][19999][${i}]=&`,
      'sparse indices': (i) => (i === 0 ? 'a[19999]=&' : `a[${i}]=&`),
      'one key': 'a=&',
      'malformed escapes': '%=%&',
      'a long malformed escape': '%',
      'escapes all over': '%41',
    },
  ],
  'a JSON body': [
    json,
    BODY,
    {
      'arrays in each other': '[',
      'objects in each other': '{"a":',
      'empty arrays': (i) => (i === 0 ? '[[]' : ',[]'),
      'one key': (i) => (i === 0 ? '{"a":1' : ',"a":1'),
      'keys of numbers': (i) => (i === 0 ? '{"0":1' : `,"${i * 1_048_576}":1`),
      'almost endless numbers': (i) => (i === 0 ? '[1' : `,${'1'.repeat(299)}`),
      escapes: (i) => (i === 0 ? '{"a":"' : '\\u0041'),
      backslashes: (i) => (i === 0 ? '{"a":"' : '\\\\'),
      quotes: '"',
      blanks: ' ',
    },
  ],
  'a multipart body': [
    multipart,
    BODY,
    {
      parts: (i) => part(`f${i}`),
      'almost boundaries': `\r\n--${EDGE.slice(1)}`,
      'letters of the boundary': 'a',
      'line ends': '\r\n',
      'one endless header': (i) => (i === 0 ? `--${EDGE}\r\ncontent-disposition: ` : 'form-data; '),
      headers: (i) => (i === 0 ? `--${EDGE}\r\n` : `x-${i}: y\r\n`),
      'a header of quotes': (i) => (i === 0 ? `--${EDGE}\r\ncontent-disposition: form-data; name="` : '\\"'),
    },
  ],
  'a path': [path, HEAD, { slashes: '/', parts: '/a', 'a long part': 'a' }],
  Accept: [asksForGeoJson, HEAD, { commas: ',', semicolons: ';', weights: ';q=0', blanks: ' ' }],
  'Accept-Language': [languageOf, HEAD, { commas: ',', weights: ';q=1.1', dashes: '-', blanks: ' ' }],
  'Accept-Encoding': [codingFor, HEAD, { commas: ',', semicolons: ';' }],
  'If-None-Match': [
    (text) => etagMatches(text, '"x"'),
    HEAD,
    { quotes: '"', tags: '"a"', 'open tags': '"a', weak: 'W/' },
  ],
  Range: [(text) => partOf(text, 100), HEAD, { digits: '1', blanks: ' ', dashes: 'bytes=-' }],
  'X-Forwarded-For': [rateLimitNetwork, HEAD, { colons: ':', groups: 'a:', digits: '1' }],
  'sortBy as JSON': [
    sorted,
    HEAD,
    { 'arrays in each other': '[', criteria: (i) => (i === 0 ? '[{}' : ',{}'), blanks: ' ', 'a text': 'a' },
  ],
  'an address for a login': [
    login,
    BODY,
    { ats: '@', letters: 'a', dots: 'a.', 'an address': 'a@', marks: '\u0301\u0327', blanks: ' ' },
  ],
};

/** An ordinary body of fields, as a form and as JSON; what it costs is the dearer of the two. */
async function plainCost(size: number): Promise<number> {
  const fields = Math.min(1900, Math.floor(size / 40));
  const value = 'v'.repeat(Math.floor(size / fields) - 12);
  const pairs = Array.from({ length: fields }, (_, i) => [`field${i}`, value] as const);
  const text = pairs.map(([name, of]) => `${name}=${of}`).join('&');
  return Math.max(
    await cost((t) => parseForm(t, BODY_PAIRS), text),
    await cost(json, JSON.stringify(Object.fromEntries(pairs))),
  );
}

const plains = new Map<number, number>();
beforeAll(async () => {
  for (const size of [HEAD, BODY]) plains.set(size, await plainCost(size));
});

describe.each(Object.entries(CASES))('the cost of %s', (_name, [parse, size, worst]) => {
  it.each(Object.entries(worst))('of %s is near that of an ordinary body of its size', async (_what, piece) => {
    const plain = plains.get(size) ?? 0;
    const taken = await cost(parse, filled(piece, size), RATIO * plain);
    expect({ plain, taken, isBounded: taken / plain < RATIO }).toMatchObject({ isBounded: true });
  });
});

it('is seen by this measurement where it is not linear', async () => {
  const quadratic: Parse = (text) => [...text].reduce<string[]>((all, one) => [...all, one], []);
  const [plain = 0, taken] = [plains.get(HEAD), await cost(quadratic, 'a'.repeat(HEAD))];
  expect(taken / plain).toBeGreaterThan(RATIO);
});
