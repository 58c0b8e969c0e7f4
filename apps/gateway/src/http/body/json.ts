import { Refusal } from '@open-cpo/contracts';

/** Levels of arrays and objects in each other. */
const DEPTH_LIMIT = 20;
/** Values of a document: the memory of many small ones is a multiple of their bytes. */
const VALUE_LIMIT = 20_000;

/** Exponents or digits without which every number is finite (199 digits and e99 stay below 1e308); each digit is looked at once. */
const MAYBE_INFINITE = /[eE]\+?\d{3}|(?<!\d)\d{200}/;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

const strict = new TextDecoder('utf-8', { fatal: true });

/**
 * The value of a JSON body; no body is no value, whatever its type says: the reference's own DELETE examples send a JSON
 * type and nothing.
 * @throws Refusal `malformed_request`
 */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const excess = excessOf(bytes);
  if (excess) throw new Refusal('malformed_request', { cause: excess });
  try {
    const text = strict.decode(bytes);
    const value: unknown = JSON.parse(text);
    if (MAYBE_INFINITE.test(text) && hasInfinity(value)) throw new Error('an infinite number');
    return value;
  } catch (cause) {
    throw new Refusal('malformed_request', { cause });
  }
}

/** Why a document is too large to parse, found without parsing it: parsers recurse and allocate. */
function excessOf(bytes: Uint8Array): string | undefined {
  let depth = 0;
  let values = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === COMMA) values += 1;
    else if (OPENING.has(byte)) {
      values += 1;
      depth += 1;
      if (depth > DEPTH_LIMIT) return 'nests too deeply';
    } else if (CLOSING.has(byte)) depth -= 1;
    if (values > VALUE_LIMIT) return 'has too many values';
  }
  return undefined;
}

/** 1e999 reads as infinity, which JSON writes as null: a value would turn into its absence. */
function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity);
}
