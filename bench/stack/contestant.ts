import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { basics } from '../../tools/stack/environment';
import { anyFree } from '../../tools/stack/ports';
import { StackError } from '../../tools/stack/terminal';
import type { Settings } from '../contestants/shared/settings';

/** The scripts of each contestant below `contestants`: the one that answers HTTP last. */
export const CONTESTANTS = {
  bare: ['bare/main.js'],
  monolith: ['nest/monolith.js'],
  microservices: ['nest/microservice.js', 'nest/microservices-gateway.js'],
  lean: ['lean/service.js', 'lean/main.js'],
} as const satisfies Record<string, readonly string[]>;
export type ContestantName = keyof typeof CONTESTANTS;

/** A baseline under way. */
export class Contestant {
  private constructor(
    readonly name: ContestantName,
    readonly port: number,
    private readonly children: readonly ChildProcess[],
  ) {}

  /** @throws StackError when one of its processes does not come up */
  static async start(name: ContestantName, settings: Omit<Settings, 'port'>): Promise<Contestant> {
    const port = await anyFree();
    const children: ChildProcess[] = [];
    for (const script of CONTESTANTS[name]) {
      const env = { ...basics(), NODE_ENV: 'production', CONTESTANT: JSON.stringify({ ...settings, port }) };
      const file = join(__dirname, '..', 'contestants', script);
      const child = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
      // Their log lines are written, as those of the platform are, and dropped.
      child.stdout?.resume();
      children.push(child);
      await Promise.race([
        once(child, 'message'),
        once(child, 'exit').then(() => Promise.reject(new StackError(`${script} ended at its start.`))),
      ]);
    }
    return new Contestant(name, port, children);
  }

  get pids(): number[] {
    return this.children.flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.children.map(async (child) => {
        const ended = once(child, 'exit');
        if (child.exitCode === null && child.kill('SIGKILL')) await ended;
      }),
    );
  }
}
