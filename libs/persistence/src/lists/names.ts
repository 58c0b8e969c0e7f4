/** Statements that a connection remembers at most; each costs memory on both sides. */
const MAX_NAMES = 500;

const names = new Map<string, string>();

/** A name for a statement's text, the same in the whole process; none when there are too many. */
export function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= MAX_NAMES) return known;
  const name = `list.${names.size + 1}`;
  names.set(text, name);
  return name;
}
