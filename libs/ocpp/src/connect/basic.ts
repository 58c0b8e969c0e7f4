/** What a charger says of itself in `Authorization`. */
export interface BasicCredentials {
  readonly username: string;
  /** The bytes that its password can stand for: as sent and, where it is hexadecimal, what it encodes. */
  readonly passwords: readonly Buffer[];
}

const BASIC = /^basic +([a-z0-9+/=]{1,1024})$/i;
const HEX = /^(?:[0-9a-f]{2}){1,64}$/i;
const COLON = ':'.charCodeAt(0);

/**
 * Reads `Authorization: Basic …` as bytes, since some chargers send the 20 raw bytes of their key and others its
 * hexadecimal text. The first colon ends the user name.
 */
export function basicCredentials(header: string | undefined): BasicCredentials | undefined {
  const encoded = BASIC.exec((header ?? '').trim())?.[1];
  if (encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  const colon = bytes.indexOf(COLON);
  if (colon < 0) return undefined;
  const password = bytes.subarray(colon + 1);
  const text = password.toString('latin1');
  const passwords = HEX.test(text) ? [Buffer.from(text, 'hex'), password] : [password];
  return { username: bytes.subarray(0, colon).toString(), passwords };
}
