import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { SigningKey } from '../environment/signing-key';

const base64 = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const now = (): number => Math.floor(Date.now() / 1000);

/** Tokens that none of auth's keys has signed, or that are not good any more, by how they are made. */
export const forgedTokens = (key: SigningKey, userId: number): ReadonlyMap<string, string> =>
  new Map([
    ...under('by a trick with alg', [...unsignedTokens(key, userId), ...confusedTokens(key, userId)]),
    ...under('with a token that was changed', changedTokens(key, userId)),
    ...under('with a token that another key has signed', foreignKeys(key, userId)),
    ...under('with an expired token', expired(key, userId)),
    ...under('with a token about nobody, or for later', outdated(key, userId)),
  ]);

const under = (kind: string, tokens: readonly [string, string][]): [string, string][] =>
  tokens.map(([how, token]) => [`${kind}: ${how}`, token]);

function unsigned({ kid }: SigningKey, userId: number, header: object): string {
  const data = { user_id: userId, user_type: 1 };
  const claims = { iss: 'open-cpo', iat: now(), exp: now() + 1000, jti: randomUUID(), data };
  return `${base64({ typ: 'JWT', kid, ...header })}.${base64(claims)}`;
}

/** Said to need no signature. */
function unsignedTokens(key: SigningKey, userId: number): [string, string][] {
  const none = (alg: unknown, signature = ''): string => `${unsigned(key, userId, { alg })}.${signature}`;
  return [
    ['alg none', none('none', 'x')],
    ['alg none without a signature', none('none')],
    ['alg None', none('None', 'x')],
    ['alg NONE', none('NONE', 'x')],
    ['alg nOnE', none('nOnE', 'AA')],
    ['no alg', none(undefined, 'x')],
    ['alg as a list', none(['ES256', 'none'], 'x')],
    ['nothing signed', none('ES256')],
    ['a signature of zeros', none('ES256', Buffer.alloc(64).toString('base64url'))],
  ];
}

/** Signed with what everybody knows as a secret. */
function confusedTokens(key: SigningKey, userId: number): [string, string][] {
  const hmac = (secret: string | Buffer, header: object = {}): string => {
    const text = unsigned(key, userId, { alg: 'HS256', ...header });
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const spki = (format: 'pem' | 'der') => key.publicKey.export({ type: 'spki', format: format as 'pem' });
  return [
    ['HS256 by the public key as PEM', hmac(spki('pem'))],
    ['HS256 by the public key as DER', hmac(spki('der'))],
    ['HS256 by the public key as JWK', hmac(JSON.stringify(key.publicKey.export({ format: 'jwk' })))],
    ['HS256 by nothing', hmac('')],
    ['kid as a path', hmac('', { kid: '../../../../../../dev/null' })],
    ['kid as SQL', hmac('key', { kid: "x' UNION SELECT 'key'--" })],
    ['kid as an address', hmac('', { kid: 'http://127.0.0.1/key' })],
    ['kid as an object', hmac('', { kid: { toString: 'x' } })],
    ['kid of a prototype', hmac('', { kid: '__proto__' })],
  ];
}

function changedTokens(key: SigningKey, userId: number): [string, string][] {
  const [head = '', payload = '', signature = ''] = key.token(userId).split('.');
  return [
    ['a signature of another token', `${unsigned(key, userId, { alg: 'ES256' })}.${signature}`],
    ['another payload', `${head}.${payload.slice(0, -4)}AAAA.${signature}`],
  ];
}

/** Signed well, by a key that the token itself brings along. */
function foreignKeys({ kid }: SigningKey, userId: number): [string, string][] {
  const other = new SigningKey();
  const jwk = other.publicKey.export({ format: 'jwk' });
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const head = base64({ alg: 'RS256', typ: 'JWT', kid, jwk: rsa.publicKey.export({ format: 'jwk' }) });
  const body = base64({ iat: now(), exp: now() + 1000, jti: 'x', data: { user_id: userId, user_type: 1 } });
  const signature = sign('sha256', Buffer.from(`${head}.${body}`), rsa.privateKey).toString('base64url');
  return [
    ['a key of somebody else', other.token(userId)],
    ['a key of somebody else by our name', other.token(userId, { header: { kid } })],
    ['jwk', other.token(userId, { header: { kid, jwk } })],
    ['jwk alone', other.token(userId, { header: { kid: undefined, jwk } })],
    ['jku', other.token(userId, { header: { jku: 'http://127.0.0.1:1/keys' } })],
    ['x5u', other.token(userId, { header: { x5u: 'http://127.0.0.1:1/keys' } })],
    ['x5c', other.token(userId, { header: { x5c: ['AAAA'] } })],
    ['RS256 with its own key', `${head}.${body}.${signature}`],
  ];
}

/** Signed by auth's own key, and over. */
const expired = (key: SigningKey, userId: number): [string, string][] => [
  ['since a moment ago', key.token(userId, { claims: { iat: now() - 100, exp: now() - 30 } })],
  ['since last year', key.token(userId, { claims: { iat: now() - 4e7, exp: now() - 3e7 } })],
  ['in milliseconds that never end', key.token(userId, { claims: { exp: `${Date.now() * 2}` } })],
];

/** Signed by auth's own key, for another time or about nobody. */
const outdated = (key: SigningKey, userId: number): [string, string][] => [
  ['not valid yet', key.token(userId, { claims: { nbf: now() + 600 } })],
  ['from the future', key.token(userId, { claims: { iat: now() + 600 } })],
  ['about nobody', key.token(2 ** 31 - 1)],
  ['about a text', key.token(userId, { claims: { data: { user_id: `${userId}`, user_type: 1 } } })],
  ['about a list', key.token(userId, { claims: { data: { user_id: [userId], user_type: 1 } } })],
  ['without an id', key.token(userId, { claims: { jti: undefined } })],
];
