import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process of the production build. */
export class Replica {
  output = '';

  constructor(
    private readonly child: ChildProcess,
    private readonly healthPort: number,
    /** Where it serves HTTP, if it does. */
    readonly port: number,
  ) {
    [child.stdout, child.stderr].forEach((stream) => stream?.on('data', (chunk) => (this.output += String(chunk))));
  }

  /** What it answers on its health port; nothing when nobody listens. */
  ask(path = ''): Promise<Response | undefined> {
    return fetch(`http://127.0.0.1:${this.healthPort}${path}`).catch(() => undefined);
  }

  /** The sum of a metric's series whose labels match. */
  async count(metric: string, labels = /./): Promise<number> {
    const text = (await (await this.ask('/metrics'))?.text()) ?? '';
    const series = [...text.matchAll(new RegExp(`^${metric}(\\{.*\\})? (\\d+)$`, 'gm'))];
    return series.filter(([, all = ' ']) => labels.test(all)).reduce((sum, [, , value]) => sum + Number(value), 0);
  }

  /** A line of what the kernel says about the process. */
  status(name: string): string {
    const text = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(text)?.[1] ?? '';
  }

  /** How the root of its file system is mounted. */
  rootOptions(): string[] {
    const mounts = readFileSync(`/proc/${this.child.pid}/mounts`, 'utf8').split('\n');
    const roots = mounts.map((line) => line.split(' ')).filter(([, where]) => where === '/');
    return roots.at(-1)?.[3]?.split(',') ?? [];
  }

  /** Ends it as Kubernetes does; answers its exit code and what went wrong by its log. */
  async end(): Promise<[number | null, string[] | null]> {
    const ended = new Promise<number | null>((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    return [await ended, this.output.match(/"level":"(error|fatal)".*/g)];
  }
}
