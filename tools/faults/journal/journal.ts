/** Something that was to happen once: a write of a client, a session, a mail. */
export interface Entry {
  readonly kind: string;
  /** By what its effect can be found. */
  readonly mark: string;
  /** The platform said that it happened. */
  acknowledged: boolean;
  /** The platform said that it will not happen. */
  refused: boolean;
  /** Times that it was asked for. */
  tries: number;
}

/** What a client remembers of what it asked for, to compare it with what is there. */
export class Journal {
  private entries: Entry[] = [];

  /** Writes down that something is about to be asked for. */
  begin(kind: string, mark: string): Entry {
    const entry: Entry = { kind, mark, acknowledged: false, refused: false, tries: 0 };
    this.entries.push(entry);
    return entry;
  }

  /** Nobody looks for these any more. */
  forget(kind: string): void {
    this.entries = this.entries.filter((entry) => entry.kind !== kind);
  }

  of(kind: string): readonly Entry[] {
    return this.entries.filter((entry) => entry.kind === kind);
  }

  get length(): number {
    return this.entries.length;
  }
}

/** What is wrong with a number of effects: acknowledged ones are there once, refused ones never, others at most once. */
export function onceEach(entries: readonly Entry[], effects: ReadonlyMap<string, number>): string[] {
  const lost = entries.filter(({ mark, acknowledged }) => acknowledged && !effects.get(mark));
  const double = entries.filter(({ mark }) => (effects.get(mark) ?? 0) > 1);
  const refused = entries.filter((entry) => entry.refused && effects.get(entry.mark));
  const name = (entry: Entry): string => `${entry.kind} ${entry.mark} (${entry.tries} tries)`;
  return [
    ...lost.map((entry) => `lost although acknowledged: ${name(entry)}`),
    ...refused.map((entry) => `there although refused: ${name(entry)}`),
    ...double.map((entry) => `there ${effects.get(entry.mark)} times: ${name(entry)}`),
  ];
}
