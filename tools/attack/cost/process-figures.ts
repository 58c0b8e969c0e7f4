import { readFileSync } from 'node:fs';

const TICK_MS = 10;
const MIB = 1024;

/** How much CPU time a worst case may take, as a multiple of an ordinary one of its size. */
export const RATIO = 12;
/** Milliseconds of CPU time that are noise. */
export const NOISE_MS = 300;

/** CPU time that a process has used, in milliseconds. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** Resident memory of a process, in MiB. */
export function residentOf(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / MIB;
}
