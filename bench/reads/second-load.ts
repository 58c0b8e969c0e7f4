import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { cpuOf } from '../../tools/stack/cpu';
import { basics } from '../../tools/stack/environment';
import { StackError } from '../../tools/stack/terminal';

/** A process that keeps one core busy beside what is measured. */
export class SecondLoad {
  private constructor(
    private readonly child: ChildProcess,
    private readonly since: number,
  ) {}

  static async start(): Promise<SecondLoad> {
    const file = join(__dirname, 'busy.js');
    const child = spawn(process.execPath, [file], { env: basics(), stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new StackError('The second load ended at its start.'))),
    ]);
    return new SecondLoad(child, performance.now());
  }

  /** Ends it; answers how much of a core it has used. */
  async stop(): Promise<number> {
    const used = this.child.pid === undefined ? 0 : cpuOf([this.child.pid]) / (performance.now() - this.since);
    const ended = once(this.child, 'exit');
    if (this.child.exitCode === null && this.child.kill('SIGKILL')) await ended;
    return used;
  }
}
