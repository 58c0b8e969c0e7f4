import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const BALLAST = 'ballast';
const PIECE = Buffer.alloc(1024 * 1024);

/** A small file system of its own for one server's data, which can be filled up. Root alone can make one. */
export class TightDisk {
  private mounted = false;

  constructor(
    private readonly folder: string,
    private readonly megabytes: number,
  ) {}

  /** Whether it could be made. */
  mount(): boolean {
    mkdirSync(this.folder, { recursive: true });
    const args = ['-t', 'tmpfs', '-o', `size=${this.megabytes}m,mode=0755`, 'tmpfs', this.folder];
    this.mounted = process.getuid?.() === 0 && spawnSync('mount', args).status === 0;
    return this.mounted;
  }

  get there(): boolean {
    return this.mounted;
  }

  /** Leaves no byte. */
  fill(): void {
    const file = openSync(join(this.folder, BALLAST), 'a');
    try {
      while (this.free > 0) writeSync(file, PIECE, 0, Math.min(PIECE.length, this.free));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  clear(): void {
    rmSync(join(this.folder, BALLAST), { force: true });
  }

  unmount(): void {
    if (this.mounted) spawnSync('umount', ['-l', this.folder]);
    this.mounted = false;
  }

  private get free(): number {
    const { bavail, bsize } = statfsSync(this.folder);
    return bavail * bsize;
  }
}
