import { gzipSync } from 'node:zlib';
import { leaksOf } from '../verdict/leaks';
import type { Answer } from '../sending/client';

export interface Part {
  readonly bytes: Buffer;
  readonly name: string;
  readonly type?: string;
  readonly field?: string;
}

export interface Trick {
  readonly what: string;
  readonly parts: readonly Part[];
  /** Statuses that it may be answered with. */
  readonly wanted: readonly number[];
  readonly type?: string;
  readonly fields?: Readonly<Record<string, string>>;
  /** In place of a form that is made of parts. */
  readonly raw?: Buffer;
}

const MIB = 1024 * 1024;
export const PDF = Buffer.from('%PDF-1.7\n1 0 obj << >> endobj\ntrailer << >>\n%%EOF\n');
const REFUSED = [422];
const BROKEN = [400, 413, 415, 422];

const content = (what: string, bytes: Buffer | string, name = 'passport.pdf', type?: string): Trick => ({
  what,
  parts: [{ bytes: Buffer.from(bytes as string), name, ...(type ? { type } : {}) }],
  wanted: REFUSED,
});

/** No document by its first bytes, whatever it says of itself. */
const NO_DOCUMENTS: readonly Trick[] = [
  content('a program for Windows', Buffer.from('MZ\x90\x00\x03%PDF-1.7', 'latin1')),
  content('a program for Linux', Buffer.from('\x7fELF\x02\x01\x01%PDF-', 'latin1')),
  content('a page', '<html><script>alert(1)</script>%PDF-1.7</html>'),
  content(
    'an image that is a script',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    'a.svg',
    'image/svg+xml',
  ),
  content('an image that is a script, as PNG', '<svg onload="alert(1)"/>', 'a.png', 'image/png'),
  content('a shell script', '#!/bin/sh\n%PDF-1.7\n', 'a.pdf'),
  content('PHP', '<?php system($_GET["c"]); ?>', 'a.php.pdf'),
  content('an archive', Buffer.from('PK\x03\x04%PDF-', 'latin1'), 'a.zip'),
  content('what unpacks to much', gzipSync(Buffer.alloc(5 * MIB)), 'a.pdf'),
  content('another kind of image', 'GIF89a....', 'a.gif', 'image/gif'),
  content('XML that asks for files', '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>', 'a.xml'),
  content('a formula', "=cmd|' /C calc'!A0", 'a.csv', 'text/csv'),
  content('PDF a little later', `${' '.repeat(2000)}%PDF-1.7`),
  content('half of a beginning', '%PD'),
  content('only zeros', Buffer.alloc(1000)),
];

/** Documents whose names lead elsewhere: taken, and kept without the name. */
const named = (escaped: string): Trick[] =>
  [
    ...[`../../../../${escaped}`, `../${escaped}`, `/tmp/${escaped}`, `..\\..\\${escaped}`, `C:\\${escaped}`, escaped],
    ...['a\u0000.pdf', '\u202efdp.exe', '.htaccess', 'con', '', ' ', `${'a'.repeat(4000)}.pdf`, '%2e%2e%2fa.pdf'],
    ...['$(id).pdf', '`id`.pdf', "';drop table payout_methods;--.pdf", '<img src=x onerror=alert(1)>.pdf', '{{7*7}}'],
  ].map((name) => ({
    what: `a document named ${name.slice(0, 40)}`,
    parts: [{ bytes: PDF, name }],
    wanted: [200, ...BROKEN],
  }));

/** Too much of it, or not what it says that it is. */
const BROKEN_FORMS: readonly Trick[] = [
  { what: 'a byte too much', parts: [{ bytes: large(10 * MIB + 1), name: 'a.pdf' }], wanted: [413] },
  { what: 'much too much', parts: [{ bytes: large(24 * MIB), name: 'a.pdf' }], wanted: [413, 0] },
  { what: 'two documents', parts: Array.from({ length: 2 }, () => ({ bytes: PDF, name: 'a.pdf' })), wanted: BROKEN },
  { what: 'many documents', parts: Array.from({ length: 200 }, () => ({ bytes: PDF, name: 'a.pdf' })), wanted: BROKEN },
  { what: 'many fields', parts: [], fields: many(500), wanted: BROKEN },
  { what: 'a long field', parts: [], fields: { fullname: 'x'.repeat(200_000) }, wanted: BROKEN },
  {
    what: 'fields of every object',
    parts: [],
    fields: { __proto__x: 'x', constructor: 'x', 'a[b]': 'x' },
    wanted: BROKEN,
  },
  { what: 'no boundary', parts: [], type: 'multipart/form-data', wanted: BROKEN },
  { what: 'an empty boundary', parts: [], type: 'multipart/form-data; boundary=', wanted: BROKEN },
  { what: 'another boundary', parts: [], type: 'multipart/form-data; boundary=x', wanted: BROKEN },
  {
    what: 'no end',
    parts: [],
    raw: Buffer.from('--attack-boundary\r\ncontent-disposition: form-data; name="id"; filename="a"\r\n\r\n%PDF'),
    wanted: BROKEN,
  },
  { what: 'nothing at all', parts: [], raw: Buffer.alloc(0), wanted: BROKEN },
  {
    what: 'parts in parts',
    parts: [],
    raw: Buffer.from(
      '--attack-boundary\r\ncontent-type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n--attack-boundary--\r\n',
    ),
    wanted: BROKEN,
  },
  {
    what: 'a reference in place of a file',
    parts: [],
    fields: { document: '{"object":"../x","key":"","size":1}' },
    wanted: BROKEN,
  },
];

export const TRICKS = (escaped: string): Trick[] => [...NO_DOCUMENTS, ...named(escaped), ...BROKEN_FORMS];

function large(size: number): Buffer {
  return Buffer.concat([PDF, Buffer.alloc(size - PDF.length)]);
}

function many(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`field${n}`, 'x']));
}

/** What is wrong with the answer to a trick, in words. */
export function faultsIn({ what, wanted }: Trick, { status, text, fault }: Answer): string[] {
  // A server that has heard enough may close before the client has said everything.
  const expected = wanted.includes(status) || (wanted.includes(413) && fault !== undefined && fault !== 'hang');
  const told = status >= 400 ? leaksOf(text, what) : [];
  const faults = expected ? [] : [`${what}: ${status} ${fault ?? text.slice(0, 120)}`];
  return [...faults, ...told.map((leak) => `${what}: tells ${leak}`)];
}
