import { StackError } from '../../stack/terminal';
import type { ContainerRun } from '../container-run';

/** One thing that is shown. */
export interface Step {
  readonly name: string;
  /** Takes long and shows little that changes: left out of the tests of every change. */
  readonly thorough?: boolean;
  /** Answers what is worth telling. @throws when it is not as it should be */
  readonly work: (run: ContainerRun) => Promise<readonly string[]>;
}

/** @throws StackError unless it holds */
export function expected(holds: boolean, what: string): asserts holds {
  if (!holds) throw new StackError(what);
}
