import { readdirSync, readFileSync } from 'node:fs';
import { cpuOf } from '../../tools/stack/cpu';

const TICK_MS = 10;
/** Milliseconds between two looks: connections of a pool end, and take with them what they have used. */
const LOOK_MS = 500;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Milliseconds of CPU that a process has used; nothing where it has ended. */
function ownCpu(pid: string): { readonly parent: number; readonly ms: number } | undefined {
  const text = textOf(`/proc/${pid}/stat`);
  if (text === '') return undefined;
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), ms: (Number(fields[11]) + Number(fields[12])) * TICK_MS };
}

/** CPU time of a server of PostgreSQL for one database: of the processes that serve its connections, also of those that have ended. */
export class DatabaseCpu {
  private readonly used = new Map<string, number>();
  private readonly timer = setInterval(() => this.look(), LOOK_MS).unref();

  constructor(
    private readonly server: number,
    private readonly database: string,
  ) {
    this.look();
  }

  /** Milliseconds so far. */
  get ms(): number {
    this.look();
    return [...this.used.values()].reduce((sum, one) => sum + one, 0);
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid)) continue;
      // "postgres: <user> <database> 127.0.0.1(1234) idle"
      if (!this.used.has(pid) && textOf(`/proc/${pid}/cmdline`).split(' ')[2] !== this.database) continue;
      const own = ownCpu(pid);
      if (own?.parent === this.server) this.used.set(pid, own.ms);
    }
  }
}

/** What a piece of work has cost. */
export interface Cost {
  /** Seconds. */
  readonly seconds: number;
  /** Milliseconds of CPU of the server, of its database, and of everything. */
  readonly server: number;
  readonly database: number;
  readonly all: number;
}

/** Whose CPU time counts. */
export interface Meter {
  readonly pid: () => number;
  readonly database?: DatabaseCpu;
  readonly all?: () => readonly number[];
}

/** What is used while some work is done. */
export async function costOf({ pid, database, all }: Meter, work: () => Promise<unknown>): Promise<Cost> {
  const look = () => ({
    at: performance.now(),
    server: cpuOf([pid()]),
    database: database?.ms ?? 0,
    all: all ? cpuOf(all()) : 0,
  });
  const before = look();
  await work();
  const after = look();
  return {
    seconds: (after.at - before.at) / 1000,
    server: after.server - before.server,
    database: after.database - before.database,
    all: after.all - before.all,
  };
}
