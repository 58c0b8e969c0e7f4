import { readFileSync } from 'node:fs';

/** Megabytes of a process, of shared pages its part (the kernel's proportional set size). @throws Error when it does not run */
export function pssOf(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
  if (kilobytes === undefined) throw new Error(`The kernel does not say how much memory ${pid} has.`);
  return Number(kilobytes) / 1024;
}
