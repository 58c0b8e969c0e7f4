import { field, type FieldOptions } from '../fields/field';
import { Int, Text } from '../fields/scalars';
import { plain } from '../fields/scripts';

/** Rows a page has unless the request says otherwise. */
export const DEFAULT_PAGE = 15;
/** Most rows one page can have. All rows (`-1`) are streamed instead. */
export const LARGEST_PAGE = 1000;
/** The `itemsPerPage` that asks for everything. */
export const ALL = -1;

/** How many rows: 1 to 1000, or -1 for all. */
export const ItemsPerPage = (): PropertyDecorator => {
  const number = (raw: unknown): unknown => {
    const text = plain(raw);
    return typeof text === 'string' && /^-?\d{1,9}$/.test(text) ? Number(text) : text;
  };
  return field(
    {
      read: number,
      judge: (value, label) => {
        if (typeof value !== 'number' || !Number.isInteger(value)) return `The ${label} field must be an integer.`;
        if (value === ALL || (value >= 1 && value <= LARGEST_PAGE)) return undefined;
        return `The ${label} field must be between 1 and ${LARGEST_PAGE}, or -1 for all.`;
      },
      docs: { type: 'integer', minimum: ALL, maximum: LARGEST_PAGE, default: DEFAULT_PAGE },
    },
    { description: 'Rows a page; -1 for all, streamed.' },
  );
};

/** One sort criterion as clients of data tables send it. */
export interface SortCriterion {
  readonly key: string;
  readonly order: 'asc' | 'desc';
}

function sortProblem(value: unknown, label: string, keys: readonly string[]): string | undefined {
  if (!Array.isArray(value)) return `The ${label} field must be an array.`;
  if (value.length > keys.length) return `The ${label} field must not have more than ${keys.length} items.`;
  for (const [index, item] of (value as unknown[]).entries()) {
    const { key, order } = (item ?? {}) as Partial<SortCriterion>;
    if (typeof key !== 'string' || !keys.includes(key)) return `The selected ${label}.${index}.key is invalid.`;
    if (order !== 'asc' && order !== 'desc') return `The selected ${label}.${index}.order is invalid.`;
  }
  return undefined;
}

/** `sortBy[0][key]=…&sortBy[0][order]=…`, or the same as a JSON text; only the documented keys. */
export const SortBy = (keys: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field(
    {
      read: readCriteria,
      as: 'sortBy',
      judge: (value, label) => sortProblem(value, label, keys),
      many: true,
      opaque: true,
      docs: {
        type: 'string',
        description:
          `A JSON array of objects with \`key\` (${keys.join(', ')}) and \`order\` (asc, desc; default asc). ` +
          'The form `sortBy[0][key]=…&sortBy[0][order]=…` is accepted, too.',
        example: JSON.stringify([{ key: keys[0], order: 'desc' }]),
      },
    },
    options,
  );

type Given = Readonly<Record<string, unknown>>;

/** Clients send one criterion, a list, or either as a JSON text; items of a list may be JSON texts themselves. */
function readCriteria(raw: unknown): unknown {
  if (typeof raw === 'string' && raw.trim() === '') return null;
  const given = parsed(raw);
  if (isGiven(given)) return [criterion(given)];
  return Array.isArray(given) ? together(given.map(parsed)).map(criterion) : given;
}

function parsed(raw: unknown): unknown {
  if (typeof raw !== 'string') return raw;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

/** `sortBy[][key]=…&sortBy[][order]=…` makes two items of one criterion. */
function together(items: readonly unknown[]): unknown[] {
  const found: unknown[] = [];
  for (const item of items) {
    const last = found.at(-1);
    const isOpen = isGiven(last) && 'key' in last && !('order' in last);
    if (!isOpen || !isGiven(item) || 'key' in item) found.push(item);
    else if ('order' in item) found[found.length - 1] = { key: last.key, order: item.order };
  }
  return found;
}

/** Only what is declared; ascending unless said otherwise. */
function criterion(raw: unknown): unknown {
  if (!isGiven(raw)) return raw;
  const { key, order = 'asc' } = raw;
  return { key, order: typeof order === 'string' ? order.toLowerCase() : order };
}

const isGiven = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What every list takes: a page of rows, newest first, optionally those that match a search. */
export class ListQuery {
  @ItemsPerPage()
  itemsPerPage?: number | null;

  @Int({ min: 1, max: 1_000_000, description: 'Page, from 1.' })
  page?: number | null;

  @Text({
    max: 255,
    description:
      'Part of the text searched for, in any script. Case, accents, forms of Arabic letters, vowel marks, the script of ' +
      'digits and invisible characters make no difference; wildcards are taken literally.',
  })
  search?: string | null;
}

/** An operation that takes nothing. */
export class Nothing {}
