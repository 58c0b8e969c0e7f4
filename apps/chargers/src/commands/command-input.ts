import type { FieldErrors, SendCommand, SentCommandType } from '@open-cpo/contracts';
import { type Command, ocppTime, tagOf, type TriggeredMessage } from '@open-cpo/ocpp';
import { targetProblem } from '@open-cpo/platform';
import { isSecretKey } from '../messages/redaction';

const SECRET_SETTING = 'The setting is a secret: passwords of chargers are rotated by the credential of the charger.';

/** What was asked for, with what is missing added to the errors. */
class Fields {
  constructor(
    readonly input: SendCommand,
    private readonly errors: FieldErrors,
  ) {}

  needed<T>(field: keyof SendCommand, value: T | null | undefined, otherwise: T): T {
    if (value !== null && value !== undefined) return value;
    this.errors.add(field, `The ${field.replaceAll('_', ' ')} field is required.`);
    return otherwise;
  }

  /** One of them, not the whole charger. */
  get connector(): number {
    const number = this.needed('connector', this.input.connector, 1);
    if (number === 0) this.errors.add('connector', 'The connector field must be at least 1.');
    return number;
  }

  /**
   * Where a file goes or comes from: no address by which a charger would be led into its own network, or ours. It gets the address
   * as it was read here: other parsers see other hosts in some spellings.
   */
  get location(): string {
    const location = this.needed('location', this.input.location, '');
    if (location === '') return location;
    const problem = targetProblem(location, false) ?? spellingProblem(location);
    if (problem === undefined) return new URL(location).href;
    this.errors.add('location', `The location field ${problem}.`);
    return location;
  }

  /** Absent where it was not given. */
  instant(field: 'from' | 'until' | 'retrieve_at'): string | undefined {
    const given = this.input[field];
    return given ? ocppTime(new Date(given)) : undefined;
  }

  /** That of the firmware: now, or within some days. */
  get retrieveAt(): string {
    const at = this.instant('retrieve_at') ?? ocppTime(Date.now());
    const ahead = Date.parse(at) - Date.now();
    if (ahead < -HOUR_MS || ahead > MAX_DAYS_AHEAD * DAY_MS) {
      this.errors.add('retrieve_at', `The retrieve at field must be within ${MAX_DAYS_AHEAD} days from now.`);
    }
    return at;
  }

  /** Certificate and signature of firmware: both or none. */
  get signing(): { readonly signing?: { readonly certificate: string; readonly signature: string } } {
    const { signing_certificate, signature } = this.input;
    if (!signing_certificate && !signature) return {};
    const certificate = this.needed('signing_certificate', signing_certificate || null, '');
    return { signing: { certificate, signature: this.needed('signature', signature || null, '') } };
  }

  /** That of a setting which may be shown. */
  get key(): string {
    const key = this.needed('key', this.input.key, '');
    if (isSecretKey(key)) this.errors.add('key', SECRET_SETTING);
    return key;
  }
}

/** Characters of an address, as OCPP 2.0.1 has them. */
const MAX_LOCATION = 512;
/** A backslash is a slash to some parsers only; control characters and spaces are left out by some. */
const AMBIGUOUS = /[\\\p{Cc}\s]/u;

function spellingProblem(location: string): string | undefined {
  if (AMBIGUOUS.test(location)) return 'must not contain backslashes, spaces or control characters';
  return new URL(location).href.length > MAX_LOCATION
    ? `must not be greater than ${MAX_LOCATION} characters`
    : undefined;
}

/** Days within which firmware is fetched. */
const MAX_DAYS_AHEAD = 30;
const DAY_MS = 86_400_000;
/** Clocks of clients differ, and a request may wait. */
const HOUR_MS = 3_600_000;

type Reader<T extends SentCommandType> = (
  fields: Fields,
  newTag: string,
) => Omit<Command & { readonly type: T }, 'type'>;

const READERS: { readonly [T in SentCommandType]: Reader<T> } = {
  start: (fields, newTag) => {
    const { connector } = fields;
    const tag = tagOf(fields.input.rfid ?? undefined);
    return tag === undefined ? { connector, tag: newTag, made: true } : { connector, tag };
  },
  stop: (fields) => ({ transaction: fields.needed('transaction_id', fields.input.transaction_id, 0) }),
  unlock: (fields) => ({ connector: fields.connector }),
  reset: ({ input }) => ({ hard: input.hard ?? false }),
  availability: (fields) => ({
    connector: fields.input.connector ?? 0,
    available: fields.needed('available', fields.input.available, false),
  }),
  configure: (fields) => ({ key: fields.key, value: fields.needed('value', fields.input.value, '') }),
  read_configuration: ({ input }) => (input.key ? { key: input.key } : {}),
  trigger: (fields) => ({
    message: fields.needed('message', fields.input.message, 'Heartbeat') as TriggeredMessage,
    ...(fields.input.connector ? { connector: fields.input.connector } : {}),
  }),
  clear_cache: () => ({}),
  diagnostics: (fields) => {
    const [from, until] = [fields.instant('from'), fields.instant('until')];
    const log = fields.input.log === 'security' ? ({ log: 'security' } as const) : {};
    return { location: fields.location, ...log, ...(from ? { from } : {}), ...(until ? { until } : {}) };
  },
  firmware: (fields) => ({ location: fields.location, at: fields.retrieveAt, ...fields.signing }),
};

/** Reads what was asked for; `newTag` stands for the card of a start without one. What is missing is added to the errors. */
export const commandOf = (input: SendCommand, newTag: string, errors: FieldErrors): Command =>
  ({ type: input.type, ...READERS[input.type](new Fields(input, errors), newTag) }) as Command;
