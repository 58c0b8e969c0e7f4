/** What Lighthouse says of one page; scores from 0 to 1. */
export interface Report {
  readonly categories: Readonly<Record<string, { readonly score: number | null; readonly auditRefs?: readonly Ref[] }>>;
  readonly audits: Readonly<Record<string, Audit>>;
}

interface Ref {
  readonly id: string;
  readonly weight: number;
}

interface Audit {
  readonly title: string;
  readonly score: number | null;
  readonly displayValue?: string;
  readonly numericValue?: number;
}

/** The least that a page has to reach. */
export const LEAST = { performance: 0.9, accessibility: 1, 'best-practices': 1 } as const;
export type Category = keyof typeof LEAST;
export const CATEGORIES = Object.keys(LEAST) as Category[];

const TIMES = {
  'first-contentful-paint': 'FCP',
  'largest-contentful-paint': 'LCP',
  'total-blocking-time': 'TBT',
} as const;

const scoreOf = (report: Report, category: Category): number => report.categories[category]?.score ?? 0;

/** The report whose performance is in the middle: one measurement alone says little on a busy machine. */
export function medianOf(reports: readonly Report[]): Report | undefined {
  const sorted = [...reports].sort((a, b) => scoreOf(a, 'performance') - scoreOf(b, 'performance'));
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

/** A row of a table of Markdown: the scores and the times, in seconds. */
export function rowOf(name: string, report: Report): string {
  const scores = CATEGORIES.map((category) => scoreOf(report, category).toFixed(2));
  const times = Object.keys(TIMES).map((id) => ((report.audits[id]?.numericValue ?? 0) / 1000).toFixed(2));
  return `| ${[name, ...scores, ...times].join(' | ')} |`;
}

export const HEAD: readonly string[] = [
  `| ${['Page', ...CATEGORIES, ...Object.values(TIMES)].join(' | ')} |`,
  `|${'---|'.repeat(1 + CATEGORIES.length + Object.keys(TIMES).length)}`,
];

/** What a page does not reach, with the audits that cost it most. */
export function shortcomingsOf(name: string, report: Report): string[] {
  return CATEGORIES.filter((category) => scoreOf(report, category) < LEAST[category]).map((category) => {
    const refs = (report.categories[category]?.auditRefs ?? []).filter(({ weight }) => weight > 0);
    const failed = refs
      .map(({ id }) => report.audits[id])
      .filter((audit) => audit?.score !== null && (audit?.score ?? 1) < 0.9);
    const why = failed.map((audit) => [audit?.title, audit?.displayValue].filter(Boolean).join(': ')).join('; ');
    return `${name}: ${category} is ${scoreOf(report, category).toFixed(2)}, not ${LEAST[category]} (${why})`;
  });
}
