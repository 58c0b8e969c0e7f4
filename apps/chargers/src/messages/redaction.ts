import { cut, storable } from './storable';

/** Characters of a payload that are kept. */
const MAX_PAYLOAD = 8000;
/** Names of secrets. `idToken` is a card. */
const SECRET =
  /authorizationkey|authkey|apikey|api_key|passw|pwd|psk|passphrase|secret|signature|privatekey|(?<!id_?)token/i;
/** A word of a name: others have it in them, as `mapping`. */
const PIN = /(?<![A-Za-z])pin(?![a-z])|Pin(?![a-z])|(?<![A-Z])PIN(?![A-Za-z])/;
const CARD = /id_?tag|id_?token|masterpassgroup/i;
const HIDDEN = '***';
const CREDENTIALS_IN_URL = /:\/\/[^\s/@]+@/g;

/** Whether the value of a setting is a secret, by its key. */
export const isSecretKey = (key: string): boolean => SECRET.test(key) || PIN.test(key);
/** Whether the value of a setting is a card, by its key, as that of `FreevendIdTag`. */
export const isCardKey = (key: string): boolean => CARD.test(key);

type IsKey = (key: string) => boolean;
const isSetting = (value: unknown, is: IsKey): boolean =>
  typeof value === 'object' && value !== null && 'key' in value && is(String(value.key));

/** What of a variable of OCPP 2.0.1 has its value: in settings, results, reports and events. */
const VALUES_OF_VARIABLES = ['attributeValue', 'variableAttribute', 'actualValue'];
const isVariable = (value: unknown, is: IsKey): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'variable' in value &&
  typeof value.variable === 'object' &&
  value.variable !== null &&
  'name' in value.variable &&
  is(String(value.variable.name));

/** Whether a member of an object is the value of a setting, or variable, with such a key. */
export const isValueOf = (holder: unknown, member: string, is: IsKey): boolean =>
  (member === 'value' && isSetting(holder, is)) || (VALUES_OF_VARIABLES.includes(member) && isVariable(holder, is));

/** A text without the user and password of URLs in it. */
export const withoutCredentials = (text: string): string => text.replace(CREDENTIALS_IN_URL, `://${HIDDEN}@`);

/** The address of a file without what signs it: whoever has that may read or write the file. */
export function withoutSignature(address: string): string {
  const [place = '', ...rest] = withoutCredentials(address).split(/[?#]/);
  return rest.length > 0 ? `${place}?${HIDDEN}` : place;
}
const ADDRESSES = ['location', 'remoteLocation'];

/** Characters of a malformed message that are kept. */
const MAX_MALFORMED = 2000;

/** A malformed message as the log keeps it: nothing of one that names a secret, which may be anywhere in it. */
export const keptMalformed = (text: string): string => (isSecretKey(text) ? HIDDEN : cut(text, MAX_MALFORMED));

/** A payload as the log keeps it: without secrets, and cut where it is long. One that is nested too deeply is left out. */
export function keptPayload(payload: unknown): string {
  try {
    return redacted(payload);
  } catch {
    return 'null';
  }
}

/** What comes beyond the characters that are kept is not looked at: a message may have many thousands of values. */
function redacted(payload: unknown): string {
  let written = 0;
  const text = JSON.stringify(payload, function (this: unknown, key: string, value: unknown): unknown {
    if (written > MAX_PAYLOAD + 1) return undefined;
    const isItem = Array.isArray(this);
    const kept = isItem || !isSecret(this, key) ? keptValue(key, value) : HIDDEN;
    // Two at least, with what separates it from the next one.
    written += (isItem ? 2 : key.length + 2) + (typeof kept === 'string' ? kept.length : 0);
    return Array.isArray(kept) && kept.length > MAX_PAYLOAD ? kept.slice(0, MAX_PAYLOAD) : kept;
  });
  return cut(text ?? 'null', MAX_PAYLOAD);
}

const isSecret = (holder: unknown, key: string): boolean => isSecretKey(key) || isValueOf(holder, key, isSecretKey);

function keptValue(key: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return ADDRESSES.includes(key) ? withoutSignature(storable(value)) : withoutCredentials(storable(value));
}
