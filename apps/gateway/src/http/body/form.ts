const PLUS = 0x2b;
const BLANK = 0x20;

/** A form with its pluses read as blanks: byte by byte, which costs a fraction of replacing them in a text. */
function plusAsBlank(form: string): string {
  if (!form.includes('+')) return form;
  const bytes = Buffer.from(form);
  for (let at = bytes.indexOf(PLUS); at >= 0; at = bytes.indexOf(PLUS, at + 1)) bytes[at] = BLANK;
  return bytes.toString();
}

/**
 * Reads the names and values of one form. Its result throws URIError for an escape that is malformed or no UTF-8: taken as it
 * is, `%E9` of an old client would be stored as the text.
 */
const decoderOf = (form: string): ((text: string) => string) =>
  form.includes('%') ? decodeURIComponent : (text) => text;

/** Pairs of a form body: the largest documented one has 1,000 amenities, 100 connectors of two fields, and 30 others. */
export const BODY_PAIRS = 2000;
/** Pairs of a query string: a list has some ten parameters, and two for each column that it is sorted by. */
const QUERY_PAIRS = 100;

/** Brackets of one key. */
const DEPTH_LIMIT = 5;
/** Longer numbers are names. */
const INDEX = /^(?:0|[1-9]\d{0,3})$/;

type Node = string | Branch;
interface Branch {
  readonly nodes: Map<string, Node>;
  /** Index of the next item without one. */
  next: number;
  isList: boolean;
}

/** There are more pairs than any documented form has. */
export class TooManyPairs extends Error {}

/**
 * Flat pairs, and nested ones as `connectors[0][id]=1` or `amenities[]=3`; a key that is given twice is a list. The cost is
 * linear in the length of the text: nothing is allocated by index, and nothing is merged or copied twice.
 * @throws TooManyPairs, URIError where an escape is malformed
 */
export function parseForm(form: string, pairs: number): Record<string, unknown> {
  const text = plusAsBlank(form);
  const root = branch();
  const decode = decoderOf(text);
  let left = pairs;
  for (let from = 0; from < text.length;) {
    const found = text.indexOf('&', from);
    const to = found < 0 ? text.length : found;
    if (to > from) {
      if ((left -= 1) < 0) throw new TooManyPairs();
      take(root, text.slice(from, to), decode);
    }
    from = to + 1;
  }
  return asObject(root);
}

function take(root: Branch, pair: string, decode: (text: string) => string): void {
  const equals = pair.indexOf('=');
  const key = decode(equals < 0 ? pair : pair.slice(0, equals));
  const path = key === '' ? [] : pathOf(key);
  if (path.length === 0 || path.some((part) => part in Object.prototype)) return;
  insert(root, path, equals < 0 ? '' : decode(pair.slice(equals + 1)));
}

/** `a[b][]` as `a`, `b` and an item, `a[0].b` as `a[0][b]`; a key that is no such path is a name as it is. */
function pathOf(given: string): string[] {
  const key = given.includes('].') ? given.replace(/\]\.([\w-]+)/g, '][$1]') : given;
  const first = key.indexOf('[');
  if (first <= 0 || !key.endsWith(']')) return [key];
  const parts = key.slice(first + 1, -1).split('][', DEPTH_LIMIT + 1);
  return parts.length > DEPTH_LIMIT || parts.some((part) => /[[\]]/.test(part))
    ? [key]
    : [key.slice(0, first), ...parts];
}

function insert(root: Branch, path: readonly string[], value: string): void {
  let at = root;
  path.forEach((part, depth) => {
    const name = depth > 0 && part === '' ? String(at.next) : part;
    counted(at, name);
    const known = at.nodes.get(name);
    const isLast = depth === path.length - 1;
    if (known === undefined) {
      const made = isLast ? value : branch();
      at.nodes.set(name, made);
      if (typeof made !== 'string') at = made;
      return;
    }
    const below = typeof known === 'string' ? listOf(known) : known;
    if (below !== known) at.nodes.set(name, below);
    if (isLast) append(below, value);
    else at = below;
  });
}

function append(list: Branch, value: string): void {
  const name = String(list.next);
  counted(list, name);
  list.nodes.set(name, value);
}

function counted(at: Branch, name: string): void {
  if (!INDEX.test(name)) at.isList = false;
  else at.next = Math.max(at.next, Number(name) + 1);
}

const branch = (): Branch => ({ nodes: new Map(), next: 0, isList: true });

function listOf(first: string): Branch {
  const list = branch();
  append(list, first);
  return list;
}

function asObject({ nodes }: Branch): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, node] of nodes) object[name] = valueOf(node);
  return object;
}

function valueOf(node: Node): unknown {
  if (typeof node === 'string') return node;
  if (!node.isList) return asObject(node);
  // Gaps close: a list has as many items as were given.
  return [...node.nodes].sort(([a], [b]) => Number(a) - Number(b)).map(([, item]) => valueOf(item));
}

type Query = Record<string, unknown>;

const UNREADABLE: Query = {};

/** Reads a query string. The router calls it and lets nothing be thrown: what has too many pairs or a malformed escape is marked. */
export function parseQuery(text: string): Query {
  if (text === '') return {};
  try {
    return parseForm(text, QUERY_PAIRS);
  } catch {
    return UNREADABLE;
  }
}

export const isUnreadable = (query: unknown): boolean => query === UNREADABLE;
