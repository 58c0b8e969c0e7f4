import 'reflect-metadata';

const BOOLEANS: Record<string, boolean> = { true: true, '1': true, yes: true, false: false, '0': false, no: false };

const READERS = new Map<unknown, (raw: string) => unknown>([
  [Number, (raw) => (/^-?\d+(\.\d+)?$/.test(raw.trim()) ? Number(raw) : Number.NaN)],
  // What is neither stays text, for the validator to refuse: Boolean('false') would be true.
  [Boolean, (raw) => BOOLEANS[raw.trim().toLowerCase()] ?? raw],
  [Array, (raw) => raw.split(',').flatMap((part) => part.trim() || [])],
]);

/** Turns the text of a variable into the declared type of the property; lists are separated by commas. */
export function typed(Config: new () => object, property: string, raw: string): unknown {
  const read = READERS.get(Reflect.getMetadata('design:type', Config.prototype as object, property));
  return read ? read(raw) : raw;
}
