import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TightDisk } from './tight-disk';

describe('a small disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tight-'));
  const disk = new TightDisk(folder, 2);
  const there = disk.mount();
  afterAll(() => {
    disk.unmount();
    rmSync(folder, { recursive: true, force: true });
  });
  const write = (): void => writeFileSync(join(folder, 'something'), Buffer.alloc(100_000));

  it('is there for root, and nobody else needs it', () => {
    expect(disk.there).toBe(there);
  });

  (there ? it : it.skip)('has no room when it is full, and some when it is cleared', () => {
    disk.fill();
    expect(write).toThrow('ENOSPC');
    disk.clear();
    write();
    expect(readdirSync(folder)).toEqual(['something']);
  });
});
