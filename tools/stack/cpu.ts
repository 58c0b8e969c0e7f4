import { readdirSync, readFileSync } from 'node:fs';

/** Milliseconds of a tick of the kernel's clock for processes: 100 a second on every Linux that Node runs on. */
const TICK = 10;

interface Seen {
  readonly parent: number;
  /** Its own time, and that of children which have ended. */
  readonly ticks: number;
}

/** What the kernel says of a process; nothing when it has ended. */
function seen(pid: number | string): Seen | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may contain spaces: count from behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const [utime = 0, stime = 0, cutime = 0, cstime = 0] = fields.slice(11, 15).map(Number);
    return { parent: Number(fields[1]), ticks: utime + stime + cutime + cstime };
  } catch {
    return undefined;
  }
}

/** Processes with all their descendants: PostgreSQL has one for each connection. */
function withDescendants(roots: readonly number[]): ReadonlyMap<number, Seen> {
  const all = new Map<number, Seen>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? seen(name) : undefined;
    if (found) all.set(Number(name), found);
  }
  const belongs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (roots.includes(at)) return true;
    return false;
  };
  return new Map([...all].filter(([pid]) => belongs(pid)));
}

/** Milliseconds of CPU that processes with all their descendants have used so far. */
export const cpuOf = (roots: readonly number[]): number =>
  TICK * [...withDescendants(roots).values()].reduce((sum, { ticks }) => sum + ticks, 0);

/** How often threads were given a core, and for how many milliseconds they were ready and had none. */
export interface Scheduled {
  readonly runs: number;
  readonly waited: number;
}

/** The same of the kernel's scheduler (`schedstat`), over all threads. Zero where the kernel does not count. */
export function scheduledOf(roots: readonly number[]): Scheduled {
  let [runs, waited] = [0, 0];
  for (const pid of withDescendants(roots).keys()) {
    for (const thread of entries(`/proc/${pid}/task`)) {
      const [, delay = 0, times = 0] = text(`/proc/${pid}/task/${thread}/schedstat`).split(' ').map(Number);
      waited += delay / NANOSECONDS;
      runs += times;
    }
  }
  return { runs, waited };
}

const NANOSECONDS = 1_000_000;

/** A thread or process may have ended meanwhile. */
function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function text(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
