import { spawn } from 'node:child_process';
import { isRunning, markOf, type ProcessMark } from '../processes';
import { endLeftovers } from './leftovers';

describe('what a killed stack left running', () => {
  const started = (code: string): ProcessMark => {
    const child = spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
    return markOf(child.pid ?? 0) as ProcessMark;
  };

  it('is ended, frozen or not', async () => {
    const marks = [started('setInterval(() => {}, 1000)'), started('setInterval(() => {}, 1000)')];
    process.kill(marks[1]?.pid ?? 0, 'SIGSTOP');
    await endLeftovers(marks);
    expect(marks.filter(isRunning)).toEqual([]);
  });

  it('is no process that only has an id of then', async () => {
    const mark = started('setInterval(() => {}, 1000)');
    await endLeftovers([{ ...mark, started: 'earlier' }]);
    expect(isRunning(mark)).toBe(true);
    process.kill(mark.pid, 'SIGKILL');
  });
});
