import { type Tally, total } from './tally';

const CLASSES = ['2xx', '3xx', '4xx', '5xx', 'closed'] as const;

/** Rows of cells as a Markdown table, aligned to be read as it is. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...rest] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rest.map(line)].join('\n');
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');

/** What was sent and what came back, by kind of request. */
export function requestTable(tally: Tally): string {
  const rows = [...tally.byKind].map(([kind, counts]) => [
    kind,
    String(total(counts)),
    ...CLASSES.map((name) => String(counts.get(name) ?? 0)),
  ]);
  const sums = CLASSES.map((name) =>
    [...tally.byKind.values()].reduce((sum, counts) => sum + (counts.get(name) ?? 0), 0),
  );
  return table([['Requests', 'Sent', ...CLASSES], ...rows, ['all', String(tally.requests), ...sums.map(String)]]);
}

export function checkTable(tally: Tally): string {
  const rows = tally.checks.map(({ name, result, holds }) => [name, holds ? 'holds' : 'BROKEN', cell(result)]);
  return table([['Check', '', 'Figures'], ...rows]);
}

/** What was found, each with the request that shows it. */
export function findingsText({ findings }: Tally): string {
  if (findings.length === 0) return 'No findings.';
  return findings
    .map(({ operation, fault, request, answer, seed }) => {
      return `- ${operation}: ${fault} (seed ${seed})\n    ${cell(request)}\n    → ${cell(answer)}`;
    })
    .join('\n');
}
