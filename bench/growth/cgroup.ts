import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const PERIOD = 20_000;
const V1 = '/sys/fs/cgroup/cpu';
const V2 = '/sys/fs/cgroup';

/** A share of a core for processes, held by the kernel. */
export class CpuShare {
  private constructor(private readonly folder: string) {}

  /** @param part of one core; answers the reason in words when the kernel does not let us */
  static make(name: string, part: number): CpuShare | string {
    const v2 = existsSync(join(V2, 'cgroup.controllers'));
    const folder = join(v2 ? V2 : V1, name);
    try {
      mkdirSync(folder, { recursive: true });
      if (v2) writeFileSync(join(folder, 'cpu.max'), `${Math.round(part * PERIOD)} ${PERIOD}`);
      else {
        writeFileSync(join(folder, 'cpu.cfs_period_us'), String(PERIOD));
        writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(Math.round(part * PERIOD)));
      }
      return new CpuShare(folder);
    } catch (error) {
      return `no control group for the CPU can be made here: ${error instanceof Error ? error.message : String(error)}`;
    }
  }

  add(pid: number): void {
    writeFileSync(join(this.folder, 'cgroup.procs'), String(pid));
  }

  /** Works once its processes have ended. */
  remove(): void {
    if (readFileSync(join(this.folder, 'cgroup.procs'), 'utf8').trim() === '') rmdirSync(this.folder);
  }
}
