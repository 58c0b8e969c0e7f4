/** Characters of a cell at most; `--json` prints whole values. */
const MAX_CELL_LENGTH = 300;

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

// Texts come from outside: a control character must not reach the operator's terminal.
export const clean = (text: string): string => text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');

/** Cuts between characters, not between the halves of one; a text is not split further than needed. */
function cut(text: string): string {
  const characters = [...text.slice(0, 2 * (MAX_CELL_LENGTH + 1))];
  return characters.length > MAX_CELL_LENGTH ? `${characters.slice(0, MAX_CELL_LENGTH).join('')}…` : text;
}

/** Rows as a table with the first row's keys as headings; the columns are as wide as what is in them. */
export function table(rows: readonly object[]): string {
  const [first] = rows;
  if (!first) return 'None.';
  const keys = Object.keys(first);
  const cells = rows.map((row) => keys.map((key) => cut(clean(shown((row as Record<string, unknown>)[key])))));
  const lines = [keys.map((key) => key.replaceAll('_', ' ').toUpperCase()), ...cells];
  const widths = keys.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = (line: string[]): string => line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  return lines.map((line) => text(line).trimEnd()).join('\n');
}
