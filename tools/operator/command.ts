import type { OperatorConsole } from './console';

/** Values of the options a command declares. */
export type Options = Readonly<Record<string, string | undefined>>;

/** One thing that an operator can do. */
export interface Command {
  /** Two words: `rates list`. */
  readonly name: string;
  /** Names of what follows, in order; all are required. */
  readonly takes: readonly string[];
  /** Options with a value: name -> what it is for. Those in `required` must be given. */
  readonly options?: Readonly<Record<string, string>>;
  readonly required?: readonly string[];
  readonly summary: string;
  /** Answers what is printed. */
  run(operatorConsole: OperatorConsole, values: readonly string[], options: Options): Promise<Printed>;
}

/** Rows become a table; a text stays one. */
export type Printed = string | readonly object[];

/** The operator did not say it right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError when the text is no id. */
export function idOf(text: string | undefined, what: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text ?? '') || Number(text) > 2_147_483_647) {
    throw new UsageError(`${what} is a positive whole number, not "${text ?? ''}".`);
  }
  return Number(text);
}
