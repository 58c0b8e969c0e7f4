import type { TestContext } from '../environment/test-context';
import type { FaultEnvironment } from '../environment/fault-environment';

/** Something that is done to the platform, and what may suffer from it. */
export interface Fault {
  readonly name: string;
  /** Services whose requests may fail meanwhile. */
  readonly hits: readonly string[] | 'all';
  /** Whether connections of clients may break, because it is a gateway that dies. */
  readonly cuts?: boolean;
  /** How many times as often as usual everything is read meanwhile. */
  readonly reads?: number;
  /** Needs a second process of everything. */
  readonly pairs?: boolean;
  /** Part of the short form. */
  readonly short?: boolean;
  /** Why it cannot be tried here, if so. */
  skipped?(environment: FaultEnvironment): string | undefined;
  /** Begins the fault; what is answered ends it, where it does not end by itself. */
  begin(environment: FaultEnvironment, context: TestContext): Promise<void> | void;
  end?(environment: FaultEnvironment, context: TestContext): Promise<void> | void;
  /** Milliseconds that it lasts. */
  readonly lasts: number;
}
