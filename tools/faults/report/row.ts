/** What is checked after every fault, in the order of the table. */
export const INVARIANTS = [
  'injected',
  'once',
  'failures',
  'in time',
  'others',
  'drained',
  'ledger',
  'files',
  'mails',
  'events',
  'healed',
] as const;
export type Invariant = (typeof INVARIANTS)[number];

/** What became of one fault. */
export interface Row {
  readonly fault: string;
  readonly requests: number;
  readonly failed: number;
  /** Failures by status. */
  readonly how: Readonly<Record<string, number>>;
  /** Seconds from the end of the fault until everything worked again. */
  readonly healed: number;
  readonly problems: Readonly<Record<Invariant, readonly string[]>>;
  readonly skipped?: string;
}

export const brokenIn = ({ problems }: Row): Invariant[] => INVARIANTS.filter((name) => problems[name].length > 0);

/** One that could not be brought about, which says nothing about the platform and all the same is no success. */
export const failedRow = (fault: string, why: string): Row => ({
  ...skippedRow(fault, ''),
  problems: { ...NONE, injected: [why] },
  skipped: undefined,
});

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
