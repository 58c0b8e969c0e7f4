import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alone, holder, releaseLock, takeLock } from './lock';
import { markOf, pause } from './processes';

describe('the lock of a stack', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    file = join(folder, 'home/lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is taken once and given back', () => {
    expect(takeLock(file)).toBeUndefined();
    expect(holder(file)?.pid).toBe(process.pid);
    releaseLock(file);
    expect(existsSync(file)).toBe(false);
  });

  it('tells a second start who has it', () => {
    takeLock(file);
    expect(takeLock(file)?.pid).toBe(process.pid);
  });

  it('stays with a running process when another one releases it', () => {
    takeLock(file);
    const other = spawn('sleep', ['600'], { stdio: 'ignore' });
    writeFileSync(file, JSON.stringify(markOf(other.pid ?? 0)));
    releaseLock(file);
    expect(holder(file)?.pid).toBe(other.pid);
    other.kill('SIGKILL');
  });

  it.each([
    ['of a process that is gone', JSON.stringify({ pid: 1, started: 'never' })],
    ['that a power cut left half written', '{"pid":'],
  ])('ignores a file %s', (_, text) => {
    takeLock(file);
    writeFileSync(file, text);
    expect(takeLock(file)).toBeUndefined();
    expect(holder(file)?.pid).toBe(process.pid);
  });

  it('is waited for by work that must be done alone', async () => {
    const order: string[] = [];
    const work = (name: string) => async (): Promise<void> => {
      order.push(`${name} begins`);
      await pause(50);
      order.push(`${name} ends`);
    };
    await Promise.all([alone(file, work('one')), alone(file, work('two'))]);
    expect(order).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
    expect(holder(file)).toBeUndefined();
  });

  it('is given back when the work fails', async () => {
    await expect(alone(file, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
    expect(holder(file)).toBeUndefined();
  });
});
