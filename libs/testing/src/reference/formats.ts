/** The scalar formats of the wire, each as a test of one parsed JSON value. */
const text = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value);
const whole = (value: unknown): value is number => Number.isSafeInteger(value);

const isDay = (year: string, month: string, day: string): boolean => {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};

/** Calendar formats: the pattern names its groups y, m, d; a 30th of February is not a date. */
const calendar = (pattern: RegExp) => (value: unknown) => {
  const groups = typeof value === 'string' ? pattern.exec(value)?.groups : undefined;
  return groups !== undefined && isDay(groups.y ?? '', groups.m ?? '', groups.d ?? '');
};

const hour = '(?:[01]\\d|2[0-3])';
const sixty = '[0-5]\\d';
const ymd = '(?<y>\\d{4})-(?<m>\\d{2})-(?<d>\\d{2})';

const decimals = (places: number) => {
  const pattern = new RegExp(`^-?(?:0|[1-9]\\d*)\\.\\d{${places}}$`);
  return (value: unknown) => typeof value === 'string' && pattern.test(value) && !/^-[0.]+$/.test(value);
};

const isUrl = (value: unknown) =>
  typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value) && !value.includes('undefined');

const isJsonObject = (base64url: string): boolean => {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed);
  } catch {
    return false;
  }
};

const isJwt = (value: unknown) => {
  if (typeof value !== 'string' || !/^[\w-]+\.[\w-]+\.[\w-]+$/.test(value)) return false;
  const [header = '', claims = ''] = value.split('.');
  return isJsonObject(header) && isJsonObject(claims);
};

const isZone = (value: unknown) => {
  if (typeof value !== 'string' || value === '') return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined;
  } catch {
    return false;
  }
};

/** Every named format: whether a value has it. */
export const FORMATS = {
  /** Any whole number. */
  int: whole,
  /** A row's number: a positive 32-bit integer. */
  id: (value: unknown) => whole(value) && value > 0 && value <= 2_147_483_647,
  number: (value: unknown) => typeof value === 'number' && Number.isFinite(value),
  /** JSON number 0 or 1: mobile clients decode it as an integer and fail on `true`. */
  bit: (value: unknown) => value === 0 || value === 1,
  bool: (value: unknown) => typeof value === 'boolean',
  string: (value: unknown) => typeof value === 'string',
  /** A string that says something. */
  text: text(/\S/),
  s2: decimals(2),
  s4: decimals(4),
  /** A decimal number as a string: coordinates, cash. */
  numeric: text(/^-?\d+(?:\.\d+)?$/),
  digits: text(/^\d+$/),
  digitsOrNothing: text(/^\d*$/),
  /** `2024-09-16T07:33:27.000000Z`: microseconds, UTC. */
  iso: calendar(new RegExp(`^${ymd}T${hour}:${sixty}:${sixty}\\.\\d{6}Z$`)),
  /** `2024-09-16 07:33:27` */
  dt: calendar(new RegExp(`^${ymd} ${hour}:${sixty}:${sixty}$`)),
  /** `2024-09-16 07:33` */
  dtMinutes: calendar(new RegExp(`^${ymd} ${hour}:${sixty}$`)),
  ymd: calendar(new RegExp(`^${ymd}$`)),
  dmy: calendar(/^(?<d>\d{2})-(?<m>\d{2})-(?<y>\d{4})$/),
  hm: text(new RegExp(`^${hour}:${sixty}$`)),
  hms: text(new RegExp(`^${hour}:${sixty}:${sixty}$`)),
  url: isUrl,
  colour: text(/^#[0-9A-F]{6}$/),
  uuid: text(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i),
  jwt: isJwt,
  email: text(/^[^\s@]+@[^\s@]+$/),
  zone: isZone,
  /** ISO 3166-1 alpha-2. */
  iso2: text(/^[A-Z]{2}$/),
  /** The bytes of an .xlsx file (a zip). */
  xlsx: (value: unknown) => value instanceof Uint8Array && Buffer.from(value.subarray(0, 4)).equals(ZIP),
  /** No body at all. */
  empty: (value: unknown) =>
    value === undefined || value === '' || (value instanceof Uint8Array && value.byteLength === 0),
} satisfies Record<string, (value: unknown) => boolean>;

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** The name of a scalar format. */
export type Format = keyof typeof FORMATS;
