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

/** Milliseconds of CPU that processes with all their descendants have used so far: PostgreSQL has one for each connection. */
export function cpuOf(roots: readonly number[]): number {
  const all = new Map<number, Seen>();
  for (const name of readdirSync('/proc')) {
    const found = /^\d+$/.test(name) ? seen(name) : undefined;
    if (found) all.set(Number(name), found);
  }
  const belongs = (pid: number): boolean => {
    for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (roots.includes(at)) return true;
    return false;
  };
  let ticks = 0;
  for (const [pid, process] of all) if (belongs(pid)) ticks += process.ticks;
  return ticks * TICK;
}
