import * as fc from 'fast-check';

/** A request that only a hand-made client sends. */
export interface RawRequest {
  readonly what: string;
  readonly bytes: string;
}

const CRLF = '\r\n';
const lines = (...all: string[]): string => all.join(CRLF) + CRLF + CRLF;
/** Asks for something that would show if it were executed apart from what carries it. */
export const SMUGGLED = '/api/smuggled-request-that-nobody-sent';
const inner = lines(`GET ${SMUGGLED} HTTP/1.1`, 'Host: a');

const post = (headers: readonly string[], body: string, path = '/api/v3/auth/login'): string =>
  lines(`POST ${path} HTTP/1.1`, 'Host: a', 'Content-Type: application/json', ...headers) + body;
const get = (...headers: string[]): string => lines('GET /api/user HTTP/1.1', 'Host: a', ...headers);
const many = (line: string, times: number): string[] =>
  Array.from({ length: times }, (_, n) => line.replace('#', String(n)));

/** By what is wrong with them; `smuggled` ones carry a second request in the body of the first. */
const SHAPES: readonly [string, string][] = [
  ['length and chunks', post(['Content-Length: 4', 'Transfer-Encoding: chunked'], `0${CRLF}${CRLF}${inner}`)],
  [
    'chunks and length',
    post(['Transfer-Encoding: chunked', `Content-Length: ${inner.length}`], `0${CRLF}${CRLF}${inner}`),
  ],
  ['two lengths', post(['Content-Length: 0', `Content-Length: ${inner.length}`], inner)],
  ['a list of lengths', post([`Content-Length: 0, ${inner.length}`], inner)],
  ['a negative length', post(['Content-Length: -1'], inner)],
  ['a length with a sign', post(['Content-Length: +0'], inner)],
  ['a length in hexadecimal', post(['Content-Length: 0x0'], inner)],
  ['a huge length', post(['Content-Length: 99999999999999999999'], 'x')],
  ['a blank before the colon', post([`Content-Length : ${inner.length}`], inner)],
  ['chunks in disguise', post(['Transfer-Encoding: xchunked'], `0${CRLF}${CRLF}${inner}`)],
  ['chunks twice', post(['Transfer-Encoding: chunked', 'Transfer-Encoding: identity'], `0${CRLF}${CRLF}${inner}`)],
  ['chunks with a tab', post(['Transfer-Encoding:\tchunked', 'Content-Length: 3'], `0${CRLF}${CRLF}${inner}`)],
  ['chunks after a fold', post(['X: a', ' Transfer-Encoding: chunked'], `0${CRLF}${CRLF}${inner}`)],
  ['a chunk of nonsense', post(['Transfer-Encoding: chunked'], `zz${CRLF}x${CRLF}0${CRLF}${CRLF}`)],
  ['a chunk larger than it says', post(['Transfer-Encoding: chunked'], `1${CRLF}xxxx${CRLF}0${CRLF}${CRLF}`)],
  ['a chunk without an end', post(['Transfer-Encoding: chunked'], `5${CRLF}xx`)],
  ['a huge chunk', post(['Transfer-Encoding: chunked'], `ffffffffffffffff${CRLF}x`)],
  [
    'a long chunk extension',
    post(['Transfer-Encoding: chunked'], `1;${'a'.repeat(20_000)}${CRLF}x${CRLF}0${CRLF}${CRLF}`),
  ],
  [
    'trailers',
    post(
      ['Transfer-Encoding: chunked', 'Trailer: Authorization'],
      `2${CRLF}{}${CRLF}0${CRLF}Authorization: Bearer x${CRLF}${CRLF}`,
    ),
  ],
  ['a body of a GET', lines('GET /api/user HTTP/1.1', 'Host: a', `Content-Length: ${inner.length}`) + inner],
  ['bare line feeds', 'GET /api/user HTTP/1.1\nHost: a\n\n'],
  ['bare carriage returns', 'GET /api/user HTTP/1.1\rHost: a\r\r'],
  ['NUL in a header', get('X: a\u0000b')],
  ['NUL in a name', get('X\u0000Y: a')],
  ['control characters', get('X: \u0001\u0007\u001b')],
  ['a line break in a header', get('X: a\nY: b')],
  ['an empty name', get(': a')],
  ['no colon', get('nonsense')],
  ['a name with blanks', get('A B: c')],
  ['underscores', get('Content_Length: 5', 'X_Forwarded_For: 1.2.3.4')],
  ['8-bit characters', get('X: \u00ff\u00fe')],
  ['no host', lines('GET /api/user HTTP/1.1')],
  ['two hosts', get('Host: b')],
  ['an absolute address', lines('GET http://evil.example/api/user HTTP/1.1', 'Host: a')],
  ['an authority', lines('CONNECT a:443 HTTP/1.1', 'Host: a')],
  ['an asterisk', lines('OPTIONS * HTTP/1.1', 'Host: a')],
  ['HTTP/0.9', `GET /api/user${CRLF}`],
  ['HTTP/1.0', lines('GET /api/user HTTP/1.0')],
  ['HTTP/2', lines('PRI * HTTP/2.0') + `SM${CRLF}${CRLF}`],
  ['HTTP/9', lines('GET /api/user HTTP/9.9', 'Host: a')],
  ['a lower-case version', lines('GET /api/user http/1.1', 'Host: a')],
  ['an unknown method', lines('FROBNICATE /api/user HTTP/1.1', 'Host: a')],
  ['a long method', lines(`${'A'.repeat(5000)} /api/user HTTP/1.1`, 'Host: a')],
  ['a long path', lines(`GET /${'a'.repeat(20_000)} HTTP/1.1`, 'Host: a')],
  ['a path without a slash', lines('GET api/user HTTP/1.1', 'Host: a')],
  ['a path with dots', lines('GET /api/../../etc/passwd HTTP/1.1', 'Host: a')],
  ['a path with backslashes', lines('GET \\api\\user HTTP/1.1', 'Host: a')],
  ['a path with 8-bit characters', lines('GET /api/\u00ff\u00fe HTTP/1.1', 'Host: a')],
  ['a path with a fragment', lines('GET /api/user#x HTTP/1.1', 'Host: a')],
  ['encoded dots', lines('GET /images/%2e%2e/%2e%2e/package.json HTTP/1.1', 'Host: a')],
  ['a broken escape', lines('GET /api/%zz HTTP/1.1', 'Host: a')],
  ['a long header', get(`X: ${'a'.repeat(20_000)}`)],
  ['many headers', get(...many('X-#: a', 3000))],
  ['two authorizations', get('Authorization: Bearer a.b.c', 'Authorization: Bearer d.e.f')],
  ['two types', post(['Content-Type: text/plain', 'Content-Length: 2'], '{}')],
  ['expectations', post(['Expect: 100-continue', 'Content-Length: 2'], '{}')],
  ['an unknown expectation', post(['Expect: nonsense', 'Content-Length: 2'], '{}')],
  [
    'an upgrade',
    get('Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA'),
  ],
  [
    'a web socket',
    get('Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: x', 'Sec-WebSocket-Version: 13'),
  ],
  ['hop-by-hop authorization', get('Connection: close, Authorization', 'Authorization: Bearer a.b.c')],
  ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
  ['nothing', ''],
  ['a blank', ' '],
  ['line breaks before', `${CRLF}${CRLF}${get()}`],
];

/** All of them, and the same with one byte changed, left out or doubled. */
export const rawRequests: fc.Arbitrary<RawRequest> = fc.oneof(
  fc.constantFrom(...SHAPES).map(([what, bytes]) => ({ what, bytes })),
  fc
    .tuple(
      fc.constantFrom(...SHAPES.filter(([, bytes]) => bytes.length > 2)),
      fc.nat(),
      fc.nat({ max: 255 }),
      fc.constantFrom('change', 'drop', 'double'),
    )
    .map(([[what, bytes], at, code, how]) => {
      const place = at % Math.min(bytes.length, 400);
      const byte = bytes[place] ?? '';
      const next = how === 'change' ? String.fromCharCode(code) : how === 'drop' ? '' : byte + byte;
      return { what: `${what}, one byte off`, bytes: bytes.slice(0, place) + next + bytes.slice(place + 1) };
    }),
);

/** Those that are sent once each before chance has its turn. */
export const knownRawRequests: readonly RawRequest[] = SHAPES.map(([what, bytes]) => ({ what, bytes }));
