import { cut, storable } from './storable';

/** Characters of a payload that are kept. */
const MAX_PAYLOAD = 8000;
const SECRET = /authorizationkey|password|secret|signature|privatekey/i;
const HIDDEN = '***';
const CREDENTIALS_IN_URL = /(\w+:\/\/)[^\s/@]+@/g;

/** Whether the value of a setting is a secret, by its key. */
export const isSecretKey = (key: string): boolean => SECRET.test(key);
const isSecretSetting = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'key' in value && isSecretKey(String(value.key));

/** What of a variable of OCPP 2.0.1 has its value: in settings, results, reports and events. */
const VALUES_OF_VARIABLES = ['attributeValue', 'variableAttribute', 'actualValue'];
const isSecretVariable = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'variable' in value &&
  typeof value.variable === 'object' &&
  value.variable !== null &&
  'name' in value.variable &&
  isSecretKey(String(value.variable.name));

/** A text without the user and password of URLs in it. */
export const withoutCredentials = (text: string): string => text.replace(CREDENTIALS_IN_URL, `$1${HIDDEN}@`);

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
    if (SECRET.test(key) || (key === 'value' && isSecretSetting(this))) return HIDDEN;
    if (VALUES_OF_VARIABLES.includes(key) && isSecretVariable(this)) return HIDDEN;
    return typeof value === 'string' ? withoutCredentials(storable(value)) : value;
  });
  return cut(text ?? 'null', MAX_PAYLOAD);
}
