import { spawn, type ChildProcess } from 'node:child_process';
import { childrenOf, ended, isRunning, markOf, signal, type ProcessMark } from './processes';

describe('marks of processes', () => {
  let child: ChildProcess;
  let mark: ProcessMark;

  beforeEach(() => {
    child = spawn('sleep', ['600'], { stdio: 'ignore' });
    mark = markOf(child.pid ?? 0) as ProcessMark;
  });

  afterEach(() => child.kill('SIGKILL'));

  it('recognise their process', () => {
    expect(mark.pid).toBe(child.pid);
    expect(isRunning(mark)).toBe(true);
  });

  it('are found of the processes that one has made', () => {
    expect(childrenOf(process.pid)).toContainEqual(mark);
    expect(childrenOf(mark.pid)).toEqual([]);
  });

  it('do not take another process with the same id for theirs', () => {
    const earlier = { ...mark, started: '1' };
    expect(isRunning(earlier)).toBe(false);
    signal(earlier, 'SIGKILL');
    expect(isRunning(mark)).toBe(true);
  });

  it('tell which processes still run after a signal', async () => {
    expect(await ended([mark], 0)).toEqual([mark]);
    signal(mark, 'SIGTERM');
    expect(await ended([mark], 30_000)).toEqual([]);
    expect(isRunning(mark)).toBe(false);
  });

  it('do not exist for ids that nobody has', () => {
    expect(markOf(2 ** 22 + 1)).toBeUndefined();
  });
});
