import type { CommandType, FieldErrors, SendCommand } from '@open-cpo/contracts';
import { type Command, tagOf, type TriggeredMessage } from '@open-cpo/ocpp';
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

  /** That of a setting which may be shown. */
  get key(): string {
    const key = this.needed('key', this.input.key, '');
    if (isSecretKey(key)) this.errors.add('key', SECRET_SETTING);
    return key;
  }
}

type Reader<T extends CommandType> = (fields: Fields, newTag: string) => Omit<Command & { readonly type: T }, 'type'>;

const READERS: { readonly [T in CommandType]: Reader<T> } = {
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
};

/** Reads what was asked for; `newTag` stands for the card of a start without one. What is missing is added to the errors. */
export const commandOf = (input: SendCommand, newTag: string, errors: FieldErrors): Command =>
  ({ type: input.type, ...READERS[input.type](new Fields(input, errors), newTag) }) as Command;
