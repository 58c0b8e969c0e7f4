import { join } from 'node:path';
import { readJson, writeJson } from '../files';
import type { ProcessMark } from '../processes';
import type { ServerAddresses } from '../servers/servers';

/** What was made for which build. */
export interface Prepared {
  /** The build, and the migrations that the databases had. */
  readonly databases?: string;
  /** The build whose streams and consumers the broker has. */
  readonly broker?: string;
}

/** What a stack remembers, for its next start and for commands beside it. */
export interface State {
  readonly ports: Record<string, number>;
  readonly addresses?: ServerAddresses;
  /** Whether the broker is ours and knows a password for each app. */
  readonly ownBroker?: boolean;
  /** Services whose demo data is in their database. */
  readonly demo: readonly string[];
  /** What the last start prepared. */
  readonly prepared?: Prepared;
  /** Everything that runs, so that a start after a crash can end what was left behind. */
  readonly processes: readonly ProcessMark[];
}

/** The state file of one stack. */
export class StateFile {
  private readonly file: string;
  private current: State;

  constructor(home: string) {
    this.file = join(home, 'state.json');
    this.current = { ports: {}, demo: [], processes: [], ...readJson<State>(this.file) };
  }

  get value(): State {
    return this.current;
  }

  update(change: Partial<State>): void {
    this.current = { ...this.current, ...change };
    // It holds an address with a password.
    writeJson(this.file, this.current, 0o600);
  }
}
