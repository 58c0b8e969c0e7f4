import { spawn, type ChildProcess } from 'node:child_process';
import { ended, isStopped, markOf, pause, signal, type ProcessMark } from '../processes';
import { Backoff } from './backoff';
import { LinePrefixer } from './line-prefixer';
import { Liveness } from './liveness';
import { answersOk } from './probe';

/** One process to keep alive. */
export interface Plan {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Record<string, string>;
  /** Base of `/health/live` and `/health/ready`. */
  readonly healthUrl: string;
  /** Further ones, of a process in which several apps run. */
  readonly furtherHealthUrls?: readonly string[];
}

export interface Surroundings {
  /** Takes the process's output, already prefixed. */
  readonly write: (text: string) => void;
  readonly prefix: string;
  /** Told in words what happened to the process. */
  readonly tell: (text: string) => void;
  /** Told when the set of running processes changed. */
  readonly changed: () => void;
}

export interface Pace {
  readonly probeEveryMs: number;
  readonly probeWithinMs: number;
  readonly misses: number;
  readonly slowMisses?: number;
  readonly startMisses: number;
  readonly firstRestartMs: number;
  readonly lastRestartMs: number;
}

/**
 * A stopped process is found after at most 7 s, so that its successor is there within 15 s on a busy machine too; one
 * that runs and does not answer after at most 14 s.
 */
export const usualPace: Pace = {
  probeEveryMs: 1_000,
  probeWithinMs: 1_200,
  misses: 3,
  slowMisses: 6,
  startMisses: 45,
  firstRestartMs: 500,
  lastRestartMs: 10_000,
};

/** Milliseconds by which a probe's timers may be late. */
const LATE = 500;

/** Runs a process, restarts it with growing pauses when it dies, and kills it when it no longer answers. */
export class Supervised {
  private child: ChildProcess | undefined;
  private closed: Promise<void> = Promise.resolve();
  private stopping = false;
  private readonly backoff: Backoff;

  constructor(
    readonly plan: Plan,
    private readonly around: Surroundings,
    private readonly pace: Pace = usualPace,
  ) {
    this.backoff = new Backoff({ firstMs: pace.firstRestartMs, capMs: pace.lastRestartMs });
  }

  get mark(): ProcessMark | undefined {
    return this.child?.pid === undefined ? undefined : markOf(this.child.pid);
  }

  start(): void {
    const { program, args, cwd, env } = this.plan;
    // A process group of its own: Ctrl-C in the terminal comes to the supervisor alone, which stops all in good order.
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    this.child = child;
    this.closed = new Promise((resolve) => child.on('close', () => resolve()));
    for (const stream of [child.stdout, child.stderr]) {
      const lines = new LinePrefixer(this.around.prefix, this.around.write);
      stream?.setEncoding('utf8').on('data', (chunk: string) => lines.push(chunk));
      stream?.on('end', () => lines.end());
    }
    child.on('error', (error) => this.around.tell(`${this.plan.name} could not be started: ${error.message}`));
    child.on('exit', (code, reason) => void this.ended(child, reason ?? `code ${code}`));
    this.around.changed();
    void this.watch(child);
  }

  /** Whether `/health/ready` says yes, of each app in the process. */
  async isReady(): Promise<boolean> {
    const { healthUrl, furtherHealthUrls = [] } = this.plan;
    const urls = [healthUrl, ...furtherHealthUrls];
    const answers = await Promise.all(urls.map((url) => answersOk(`${url}/health/ready`, this.pace.probeWithinMs)));
    return answers.every(Boolean);
  }

  /** Lets it finish what it began; kills it when that takes too long. */
  async stop(withinMs: number): Promise<void> {
    this.stopping = true;
    const mark = this.mark;
    if (!mark) {
      return;
    }
    signal(mark, 'SIGTERM');
    // A stopped process (SIGSTOP) would keep the signal for later.
    signal(mark, 'SIGCONT');
    for (const left of await ended([mark], withinMs)) {
      this.around.tell(`${this.plan.name} did not end in time and is killed`);
      signal(left, 'SIGKILL');
      await ended([left], 5_000);
    }
    // Its last words are still on their way; a grandchild that keeps the pipe open must not hold us.
    await Promise.race([this.closed, pause(1_000)]);
  }

  private async ended(child: ChildProcess, reason: string): Promise<void> {
    if (this.stopping || child !== this.child) {
      return;
    }
    const wait = this.backoff.next();
    this.around.tell(`${this.plan.name} ended (${reason}); restarting in ${wait} ms`);
    this.around.changed();
    await pause(wait);
    if (!this.stopping) {
      this.start();
    }
  }

  private async watch(child: ChildProcess): Promise<void> {
    const liveness = new Liveness(this.pace);
    const running = (): boolean => !this.stopping && this.child === child && child.exitCode === null;
    for (let probes = 0; running() && child.signalCode === null; probes += 1) {
      const due = performance.now() + this.pace.probeEveryMs + this.pace.probeWithinMs;
      await pause(this.pace.probeEveryMs);
      const ok = await answersOk(`${this.plan.healthUrl}/health/live`, this.pace.probeWithinMs);
      if (!running()) {
        return;
      }
      // Whoever is late itself has not given the other its time.
      if (!ok && performance.now() > due + LATE) continue;
      if (ok && probes > 10) {
        this.backoff.reset();
      }
      if (liveness.frozenAfter(ok, child.pid !== undefined && isStopped(child.pid))) {
        this.around.tell(`${this.plan.name} does not answer any more and is killed`);
        child.kill('SIGKILL');
        return;
      }
    }
  }
}
