import type { Dto } from '../core/operation';
import { Amount, asAscii, Bool, Choice, ForeignId, instantOf, Int, Pattern, Text, TimeOfDay } from '../fields';
import { field } from '../fields/field';
import { fieldsOf } from '../fields/plan';
import { CreateChargePoint } from '../stations/charge-point-input';
import { PRICE_UNITS, type PriceUnit } from '../stations/charge-point-words';
import { CreateWorker } from '../workforce/workers';
import type { ImportKind } from './kinds';

const Key = (example: string) =>
  ForeignId({ presence: 'required', example, description: 'Names the row: a second time it changes nothing.' });

/** A moment; where it says no zone, by the clock at the power center. */
const Moment = (example: string): PropertyDecorator =>
  field(
    {
      read: (raw) => {
        if (typeof raw !== 'string') return raw;
        const text = asAscii(raw).trim();
        return /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text || null;
      },
      judge: (value, label) =>
        typeof value === 'string' && (instantOf(value) ?? instantOf(`${value}Z`)) !== undefined
          ? undefined
          : `The ${label} field must be a moment such as 2025-01-31T14:05:00 or 2025-01-31T14:05:00+01:00.`,
      docs: { type: String },
    },
    { presence: 'required', example },
  );

/** What a creation takes, and of a change what fits into a cell. */
export class ImportedPowerCenter extends CreateChargePoint {
  @Key('CP-1001') external_id: string;
  @Text({ max: 5000, example: 'Near the main square.' }) description?: string | null;
  @Text({ max: 32, ascii: true, example: '+213550000000' }) contact_number?: string | null;
  @TimeOfDay({ seconds: true, example: '08:00:00' }) open_time?: string | null;
  @TimeOfDay({ seconds: true, example: '22:00:00' }) close_time?: string | null;
  @Amount({ decimals: 2, example: '15.50' }) price?: string | null;
  @Text({ example: 'DZD' }) price_currency?: string | null;
  @Choice(PRICE_UNITS, { presence: 'filled', example: 'energy' }) price_unit?: string;
  @Int({ min: 0, example: 60 }) session_limit_value?: number | null;
  @Choice(PRICE_UNITS, { example: 'minutes' }) session_limit_type?: string | null;
  @Bool({ presence: 'filled', example: false }) listed?: boolean;
}

export class ImportedWorker extends CreateWorker {
  @Key('W-1001') external_id: string;
}

/** A session of the past, which was paid elsewhere. */
export class ImportedOrder {
  @Key('S-1001') session_id: string;
  @Text({ presence: 'required', example: 'PS_67DF25E57A981', description: 'Its identifier, or its token.' })
  power_center: string;
  @Int({ min: 0, max: 10_000, example: 1 }) connector_number?: number | null;
  @Moment('2025-01-31T14:05:00+01:00') started_at: string;
  @Moment('2025-01-31T14:50:00+01:00') ended_at: string;
  @Amount({ presence: 'required', decimals: 4, max: '1000000', example: '18.25' }) energy_kwh: string;
  @Amount({ presence: 'required', decimals: 8, example: '912.50', description: 'What the driver paid.' }) price: string;
  @Amount({ decimals: 8, example: '775.63', description: "The owner's part of it; by default all." })
  earning?: string | null;
  @Pattern(/^[A-Z]{3}$/, 'The :attribute field must be an ISO 4217 code.', {
    example: 'DZD',
    description: "By default the account's.",
  })
  currency?: string | null;
  @Amount({
    decimals: 8,
    example: '134.5',
    description: "The currency's units for one US dollar at that time; by default today's.",
  })
  rate?: string | null;
  @Choice(PRICE_UNITS, { example: 'energy', description: "By default the power center's." }) unit?: PriceUnit | null;
}

interface ImportRows {
  readonly row: Dto<object>;
  readonly key: string;
  /** By column, in place of the field's own. */
  readonly examples?: Readonly<Record<string, string>>;
}

/** A place that exists: the fields' own examples are the reference's samples. */
const POWER_CENTER_EXAMPLES = {
  title: 'Main square',
  identifier: 'MAIN-SQUARE-1',
  address_line_1: '12 Rue Didouche Mourad',
  address_line_2: 'Ground floor',
  address_line_3: 'Car park B',
  zipcode: '16000',
  city: 'Algiers',
  state: 'Algiers',
  latitude: '36.7694',
  longitude: '3.0559',
};

/** What a row of each kind consists of, and the column that names it. */
export const IMPORT_ROWS: Readonly<Record<ImportKind, ImportRows>> = {
  'power-centers': { row: ImportedPowerCenter, key: 'external_id', examples: POWER_CENTER_EXAMPLES },
  workers: { row: ImportedWorker, key: 'external_id' },
  orders: { row: ImportedOrder, key: 'session_id' },
};

export interface ImportColumn {
  readonly name: string;
  /** A decimal, which may have a comma in the file. */
  readonly decimal: boolean;
  /** True or false, in any case. */
  readonly flag: boolean;
  readonly required: boolean;
  readonly example: string;
}

/** The columns of a kind's files, that which names the row first. */
export function importColumnsOf(kind: ImportKind): ImportColumn[] {
  const { row, key, examples = {} } = IMPORT_ROWS[kind];
  const columns = [...fieldsOf(row).values()].map(({ property: name, docs, presence, ...rule }) => {
    const { example = '' } = rule as { example?: string | number | boolean };
    const decimal = docs.type === Number || 'oneOf' in docs;
    const flag = docs.type === Boolean;
    return { name, decimal, flag, required: presence === 'required', example: examples[name] ?? String(example) };
  });
  return [...columns.filter(({ name }) => name === key), ...columns.filter(({ name }) => name !== key)];
}
