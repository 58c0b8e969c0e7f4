import { readFileSync } from 'node:fs';

const MB = 1024 * 1024;
/** Milliseconds between two looks. */
const SAMPLE_INTERVAL_MS = 50;

/** Resident memory of a process in MB, as the kernel counts it. */
export function residentMb(pid: number): number {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1]) * 1024) / MB;
}

/** The most memory that a process had while the work was done. */
export async function mostMemory<T>(pid: number, work: () => Promise<T>): Promise<{ most: number; result: T }> {
  let most = residentMb(pid);
  const watch = setInterval(() => (most = Math.max(most, residentMb(pid))), SAMPLE_INTERVAL_MS);
  try {
    const result = await work();
    return { most, result };
  } finally {
    clearInterval(watch);
  }
}
