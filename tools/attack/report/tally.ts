/** Something that must not be, with the least request that shows it. */
export interface Finding {
  readonly operation: string;
  readonly fault: string;
  readonly request: string;
  readonly answer: string;
  readonly seed: number;
}

type Counts = Map<string, number>;

/** What was sent, what came back and what was found. */
export class Tally {
  /** Of each kind of request, how many answers of each class of status. */
  readonly byKind = new Map<string, Counts>();
  readonly findings: Finding[] = [];
  /** Checks that are no requests, in words, with what came of them. */
  readonly checks: { readonly name: string; readonly result: string; readonly holds: boolean }[] = [];

  counted(kind: string, status: number): void {
    const counts = this.byKind.get(kind) ?? new Map<string, number>();
    const name = status === 0 ? 'closed' : `${Math.floor(status / 100)}xx`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
    this.byKind.set(kind, counts);
  }

  found(finding: Finding): void {
    this.findings.push(finding);
  }

  checked(name: string, holds: boolean, result: string): void {
    this.checks.push({ name, holds, result });
  }

  get requests(): number {
    return [...this.byKind.values()].reduce((sum, counts) => sum + total(counts), 0);
  }

  /** Whether nothing was found and every check holds. */
  get clean(): boolean {
    return this.findings.length === 0 && this.checks.every(({ holds }) => holds);
  }
}

export const total = (counts: Counts): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
