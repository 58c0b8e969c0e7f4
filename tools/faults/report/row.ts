/** What is checked after every fault, in the order of the table. */
export const INVARIANTS = [
  'once',
  'told',
  'in time',
  'others',
  'drained',
  'ledger',
  'files',
  'mails',
  'healed',
] as const;
export type Invariant = (typeof INVARIANTS)[number];

/** What became of one fault. */
export interface Row {
  readonly fault: string;
  readonly requests: number;
  readonly failed: number;
  /** Failures by how they were told. */
  readonly how: Readonly<Record<string, number>>;
  /** Seconds from the end of the fault until everything worked again. */
  readonly healed: number;
  readonly problems: Readonly<Record<Invariant, readonly string[]>>;
  readonly skipped?: string;
}

export const brokenIn = ({ problems }: Row): Invariant[] => INVARIANTS.filter((name) => problems[name].length > 0);

const NONE = Object.fromEntries(INVARIANTS.map((name) => [name, []])) as unknown as Row['problems'];

export const skippedRow = (fault: string, skipped: string): Row => ({
  fault,
  requests: 0,
  failed: 0,
  how: {},
  healed: 0,
  problems: NONE,
  skipped,
});
