import type { ProcessMark } from '../processes';
import { pause } from '../processes';
import { paint, say, StackError } from '../terminal';
import { prefixFor } from './line-prefixer';
import { Supervised, usualPace, type Pace, type Plan } from './supervised';

const colours = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];
/** Longer than the apps' own bound for finishing what they began. */
const drainMs = 25_000;
const READY_POLL_MS = 50;

/** All supervised processes of one command. */
export class Fleet {
  private readonly members: Supervised[] = [];
  private closed = false;

  constructor(
    private readonly changed: (marks: ProcessMark[]) => void = () => undefined,
    private readonly write: (text: string) => void = (text) => void process.stdout.write(text),
    private readonly pace: Pace = usualPace,
  ) {}

  /** From now on nothing is started any more, whatever still is under way. */
  close(): void {
    this.closed = true;
  }

  /** Starts a process for each plan. */
  start(plans: readonly Plan[]): void {
    if (this.closed || plans.length === 0) {
      return;
    }
    const known = this.members.map((member) => member.plan);
    const width = Math.max(...[...known, ...plans].map((plan) => plan.name.length));
    plans.forEach((plan, index) => {
      const colour = colours[(known.length + index) % colours.length] ?? 0;
      const around = {
        write: this.write,
        prefix: prefixFor(plan.name, width, (text) => paint(colour, text)),
        tell: (text: string) => this.write(`${paint(33, '!')} ${text}\n`),
        changed: () => this.changed(this.marks),
      };
      const member = new Supervised(plan, around, this.pace);
      this.members.push(member);
      member.start();
    });
  }

  get marks(): ProcessMark[] {
    return this.members.map((member) => member.mark).filter((mark) => mark !== undefined);
  }

  /** The ids of the processes by their names. */
  get pids(): Record<string, number> {
    return Object.fromEntries(this.members.flatMap(({ plan, mark }) => (mark ? [[plan.name, mark.pid]] : [])));
  }

  /** The process that runs under a name now. */
  mark(name: string): ProcessMark | undefined {
    return this.members.find((member) => member.plan.name === name)?.mark;
  }

  /** Whether everything that was started says that it is ready. */
  async allReady(): Promise<boolean> {
    const answers = await Promise.all(this.members.map((member) => member.isReady()));
    return answers.every(Boolean);
  }

  /** Waits until every process says that it is ready, telling each as it comes. */
  async ready(patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
    let waiting = this.members;
    while (waiting.length > 0) {
      const answers = await Promise.all(waiting.map((member) => member.isReady()));
      waiting
        .filter((_, index) => answers[index])
        .forEach((member) => say(`${paint(32, '✓')} ${member.plan.name} is ready`));
      waiting = waiting.filter((_, index) => !answers[index]);
      if (waiting.length > 0 && Date.now() > deadline) {
        throw new StackError(`Not ready in time: ${waiting.map((member) => member.plan.name).join(', ')}`);
      }
      await pause(waiting.length > 0 ? READY_POLL_MS : 0);
    }
  }

  /** Stops the processes one group after the other: who receives requests first, who answers them last. */
  async stop(first: (name: string) => boolean): Promise<void> {
    const edge = this.members.filter((member) => first(member.plan.name));
    const rest = this.members.filter((member) => !first(member.plan.name));
    for (const group of [edge, rest]) {
      await Promise.all(group.map((member) => member.stop(drainMs)));
    }
  }
}
