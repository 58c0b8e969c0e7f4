import { anyFree } from '../ports';
import { isRunning, pause, type ProcessMark } from '../processes';
import { Supervised } from './supervised';
import { quickPace, tinyApp } from './tiny-app.spec-helper';

describe('a supervised process', () => {
  let output: string;
  let told: string[];
  let supervised: Supervised;

  const begin = async (extra?: string): Promise<void> => {
    output = '';
    told = [];
    const around = {
      prefix: 'tiny │ ',
      write: (text: string) => (output += text),
      tell: (text: string) => void told.push(text),
      changed: () => undefined,
    };
    supervised = new Supervised(tinyApp('tiny', await anyFree(), extra), around, quickPace);
    supervised.start();
  };

  const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
    while (!(await condition())) {
      await pause(20);
    }
  };

  const running = async (): Promise<ProcessMark> => {
    await until(() => supervised.isReady());
    return supervised.mark as ProcessMark;
  };

  afterEach(() => supervised.stop(30_000));

  it('writes with its prefix and becomes ready', async () => {
    await begin();
    const { pid } = await running();
    await until(() => output.includes(`tiny │ up ${pid}\n`));
  });

  it('comes back when it was killed', async () => {
    await begin();
    const first = await running();
    process.kill(first.pid, 'SIGKILL');
    await until(() => !isRunning(first));
    const second = await running();
    expect(second.pid).not.toBe(first.pid);
    expect(told[0]).toMatch(/^tiny ended \(SIGKILL\); restarting in \d+ ms$/);
  });

  it('is killed and comes back when it froze', async () => {
    await begin();
    const first = await running();
    await pause(200);
    process.kill(first.pid, 'SIGSTOP');
    await until(() => !isRunning(first));
    expect(told).toContain('tiny does not answer any more and is killed');
    expect((await running()).pid).not.toBe(first.pid);
  });

  it('is tried again and again while it cannot start', async () => {
    await begin('process.exit(7);');
    await until(() => told.length >= 3);
    expect(told.every((text) => text.startsWith('tiny ended (code 7)'))).toBe(true);
  });

  it('may finish what it began when it is stopped, and does not come back', async () => {
    await begin();
    const first = await running();
    await supervised.stop(30_000);
    expect(isRunning(first)).toBe(false);
    await until(() => output.includes('draining'));
    expect(told).toEqual([]);
    expect(supervised.mark).toBeUndefined();
  });

  it('is killed when it does not listen to the request to stop', async () => {
    await begin("process.removeAllListeners('SIGTERM'); process.on('SIGTERM', () => undefined);");
    const first = await running();
    await supervised.stop(100);
    expect(isRunning(first)).toBe(false);
    expect(told).toEqual(['tiny did not end in time and is killed']);
  });

  it('can be stopped while it is frozen', async () => {
    await begin();
    const first = await running();
    process.kill(first.pid, 'SIGSTOP');
    await supervised.stop(30_000);
    expect(isRunning(first)).toBe(false);
  });
});
