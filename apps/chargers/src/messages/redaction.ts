/** Characters of a payload that are kept. */
const MAX_PAYLOAD = 8000;
const SECRET = /authorizationkey|password|secret|signature|privatekey/i;
const HIDDEN = '***';
/** Keys of configuration whose values are secrets. */
const isSecretKey = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'key' in value && SECRET.test(String(value.key));
const CREDENTIALS_IN_URL = /(\w+:\/\/)[^\s/@]+@/g;

/** A payload as the log keeps it: without secrets, and cut where it is long. One that is nested too deeply is left out. */
export function keptPayload(payload: unknown): string {
  try {
    return redacted(payload);
  } catch {
    return 'null';
  }
}

function redacted(payload: unknown): string {
  const text = JSON.stringify(payload, function (this: unknown, key: string, value: unknown): unknown {
    if (SECRET.test(key) || (key === 'value' && isSecretKey(this))) return HIDDEN;
    return typeof value === 'string' ? value.replace(CREDENTIALS_IN_URL, `$1${HIDDEN}@`) : value;
  });
  const escaped = (text ?? 'null').replaceAll('\\u0000', '');
  return escaped.length > MAX_PAYLOAD ? escaped.slice(0, MAX_PAYLOAD) : escaped;
}
