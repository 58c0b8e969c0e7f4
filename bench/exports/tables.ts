/** One goal: what was measured, and how much of it there may be. */
export interface Goal {
  readonly what: string;
  readonly measured: string;
  readonly value: number;
  /** `value` may be this at most. */
  readonly most: number;
}

/** A table in Markdown. */
export const markdown = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const goalTable = (goals: readonly Goal[]): string =>
  markdown(
    ['Goal', 'Measured', 'Ratio or value', 'At most', ''],
    goals.map(({ what, measured, value, most }) => [
      what,
      measured,
      value.toFixed(2),
      String(most),
      value <= most ? 'met' : '**missed**',
    ]),
  );
