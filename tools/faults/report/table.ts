import { brokenIn, type Row } from './row';

const HEAD = ['fault', 'requests', 'failed', 'responses', 'healed after', 'invariants'];

/** The cells of one fault. */
export function cellsOf(row: Row): string[] {
  if (row.skipped) return [row.fault, '–', '–', '–', '–', `skipped: ${row.skipped}`];
  const how = Object.entries(row.how).map(([status, count]) => `${status} ×${count}`);
  const broken = brokenIn(row);
  return [
    row.fault,
    String(row.requests),
    String(row.failed),
    how.join(', ') || '–',
    `${row.healed.toFixed(1)} s`,
    broken.length === 0 ? 'hold' : `BROKEN: ${broken.join(', ')}`,
  ];
}

/** A table in Markdown, aligned to be read as it is. */
export function markdown(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join('\n');
}

export const faultTable = (rows: readonly Row[]): string => markdown(HEAD, rows.map(cellsOf));
