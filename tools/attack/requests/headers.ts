import * as fc from 'fast-check';

type Headers = Record<string, string | readonly string[]>;

const long = (length: number): string => 'x'.repeat(length);
/** Names with values that servers read something into. (Those that no client library lets through: see `raw-requests.ts`.) */
const VALUES: Record<string, readonly (string | readonly string[])[]> = {
  'idempotency-key': ['k', long(255), long(256), long(5000), '', 'a b', '"', ['a', 'b'], '../../x', '\u00e9'],
  'x-request-id': ['1', long(64), long(65), '<b>', '', ['a', 'b'], '${7*7}', "'; drop table x;--"],
  'accept-language': ['ar', 'en;q=2', 'ar;q=nonsense', long(4000), ',,,,', '*', '../../etc/passwd', '__proto__'],
  accept: ['text/csv', 'application/xml', '*/*;q=0', long(4000), 'a/b;q=x', '', 'image/png'],
  'accept-encoding': ['gzip', 'br;q=0', 'identity;q=0', '*;q=0', long(2000)],
  'api-key': ['1|x', '|', '1', '', long(3000), '__proto__|x', '1|x|y', ['1|a', '1|b'], "1' or 1=1--"],
  authorization: [
    '',
    'Bearer',
    'Bearer a.b.c',
    'Basic YTpi',
    `Bearer ${long(8000)}`,
    'bearer  x',
    'Bearer a.b',
    'Digest a="b"',
    'Bearer ..',
  ],
  'content-type': [
    '',
    'application/json; charset=x',
    'multipart/form-data; boundary=' + long(500),
    'a/b',
    'application/json;;;',
    long(3000),
  ],
  'content-encoding': ['gzip', 'deflate', 'br', 'x', 'gzip, gzip'],
  'x-forwarded-for': ['1.2.3.4', '::1', 'nonsense', long(2000), '1.2.3.4, 5.6.7.8', '127.0.0.1', "' or 1=1", ',,,'],
  'x-forwarded-host': ['evil.example', long(1000), 'a/b'],
  'x-forwarded-proto': ['https', 'gopher', ''],
  host: ['evil.example', 'a b', '', 'localhost:99999', '[::1', long(300), 'x<script>'],
  'x-http-method-override': ['DELETE', 'PUT'],
  'x-original-url': ['/api/members', '/health/live'],
  'x-user-id': ['1', '2'],
  'if-match': ['*', '"a"', 'W/"a"', long(4000), '"'],
  'if-none-match': ['*', '"a"', 'W/"a"', long(4000), '"'],
  'if-modified-since': ['0', 'nonsense', 'Thu, 01 Jan 1970 00:00:00 GMT'],
  'last-event-id': ['0', '-1', long(500), "'"],
  range: ['bytes=0-', 'bytes=-1', 'bytes=5-1', 'bytes=0-0,2-3', 'x', 'bytes=99999999999999999999-'],
  prefer: ['respond-async', 'wait=99999999999', 'wait=-1', 'a'.repeat(500)],
  origin: ['null', 'https://evil.example', 'x'],
  'access-control-request-method': ['DELETE', 'X'],
  traceparent: ['00-x-y-01', '00-' + '0'.repeat(32) + '-' + '0'.repeat(16) + '-01', long(500), 'ff-'],
  cookie: ['a=b', long(4000), '__proto__=1'],
  expect: ['x'],
  te: ['trailers'],
  upgrade: ['h2c', 'websocket'],
  referer: ['javascript:alert(1)'],
  'user-agent': ['', long(4000), "' or 1=1", '() { :;}; sleep 5'],
};

const NAMES = Object.keys(VALUES);

/** One to four headers with values that are not meant for them. */
export const hostileHeaders: fc.Arbitrary<Headers> = fc
  .uniqueArray(
    fc.constantFrom(...NAMES).chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...(VALUES[name] ?? [''])))),
    { minLength: 1, maxLength: 4, selector: ([name]) => name },
  )
  .map((pairs) => Object.fromEntries(pairs));
