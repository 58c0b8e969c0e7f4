/** One input of a form. */
export interface Field {
  /** Its name in the values; a dot leads into a part (`address.city`). */
  readonly name: string;
  /** Its label, below `field`; the last part of its name when absent. */
  readonly label?: string;
  readonly type?:
    | 'text'
    | 'email'
    | 'password'
    | 'tel'
    | 'number'
    | 'url'
    | 'select'
    | 'multi'
    | 'switch'
    | 'date'
    | 'time'
    | 'datetime'
    | 'area';
  readonly items?: readonly Choice[];
  readonly required?: boolean;
  /** A text below the input, a key. */
  readonly hint?: string;
  readonly autocomplete?: string;
  readonly readonly?: boolean;
  /** Twelfths of the width, from tablets on. */
  readonly width?: number;
  readonly suffix?: string;
}

export interface Choice {
  readonly title: string;
  readonly value: string | number;
}

export type Values = Record<string, unknown>;

/** Values as a body: dots become objects, an empty input is null (or left out where nothing was there). */
export function bodyOf(values: Values): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const parts = name.split('.');
    const last = parts.pop() ?? name;
    let at = body;
    for (const part of parts) at = (at[part] ??= {}) as Record<string, unknown>;
    at[last] = value === '' ? null : value;
  }
  return body;
}

/** The values that differ from those before, for a partial change. */
export const changedValues = (before: Values, after: Values): Values =>
  Object.fromEntries(
    Object.entries(after).filter(([name, value]) => JSON.stringify(value ?? '') !== JSON.stringify(before[name] ?? '')),
  );
