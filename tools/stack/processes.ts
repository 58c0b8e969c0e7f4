import { readFileSync } from 'node:fs';

/** A process as it can be found again: ids are reused, the pair of id and start time is not. */
export interface ProcessMark {
  readonly pid: number;
  readonly started: string;
}

/** The mark of a running process, or undefined when there is none with that id. */
export function markOf(pid: number): ProcessMark | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the command in parentheses and may contain spaces; the 22nd is the start time.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : { pid, started: fields[19] ?? '' };
  } catch {
    return undefined;
  }
}

/** The running processes that this one has made itself. */
export function childrenOf(pid: number): ProcessMark[] {
  try {
    const ids = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
    return ids.map((id) => markOf(Number(id))).filter((mark) => mark !== undefined);
  } catch {
    return [];
  }
}

/** Whether the system shows a process as stopped, by a signal or a debugger. */
export function isStopped(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return /^[Tt]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** Whether the very process of the mark still runs. */
export function isRunning(mark: ProcessMark): boolean {
  return markOf(mark.pid)?.started === mark.started;
}

/** Sends a signal to the process of the mark, if it still runs. */
export function signal(mark: ProcessMark, name: NodeJS.Signals): void {
  if (isRunning(mark)) {
    try {
      process.kill(mark.pid, name);
    } catch {
      // It ended between the look and the signal.
    }
  }
}

/** Waits until the processes have ended; answers those that have not after the given time. */
export async function ended(marks: readonly ProcessMark[], withinMs: number): Promise<ProcessMark[]> {
  const deadline = Date.now() + withinMs;
  let left = marks.filter(isRunning);
  while (left.length > 0 && Date.now() < deadline) {
    await pause(50);
    left = left.filter(isRunning);
  }
  return left;
}

/** A pause in milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
