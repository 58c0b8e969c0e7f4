import { join } from 'node:path';
import { type AppProcess, TestEnvironment } from '../../tools/stack/start/test-environment';
import type { Plan } from '../../tools/stack/supervisor/supervised';
import { step } from '../../tools/stack/terminal';

const PLAIN = 'plain-gateway';

export interface StackOptions {
  readonly checkout: string;
  /** Changes how a process is run, e.g. under a profiler or within limits. */
  readonly adapt?: (plan: Plan) => Plan;
  /** Whether PostgreSQL waits for the disk, as in production. */
  readonly durable?: boolean;
  /** Runs when the databases have their data, before any process is connected to them. */
  readonly beforeApps?: (stack: BenchStack) => Promise<void>;
}

/** Nothing else asks this platform for anything while something is measured. */
export class BenchStack extends TestEnvironment {
  constructor(private readonly own: StackOptions) {
    const folder = join('bench', String(process.pid));
    super({ checkout: own.checkout, folder, nodeEnv: 'development', forTests: !own.durable });
  }

  get gatewayPort(): number {
    return this.facts.gatewayPort;
  }

  /** A second gateway that answers nothing from memory: what it is asked for goes all the way. */
  get plainGatewayPort(): number {
    return this.ports[PLAIN] ?? 0;
  }

  /** Servers, databases, demo data, processes. */
  async start(): Promise<void> {
    await this.startServers();
    await this.prepare();
    await this.own.beforeApps?.(this);
    await step('Processes', async () => {
      await this.startProcesses(this.apps.map((app) => ({ app, name: app.name })));
      await this.addReplica('gateway', PLAIN);
    });
  }

  /** The CPU time of these roots is that of the platform. */
  get processes(): Readonly<Record<string, number>> {
    return { ...Object.fromEntries(this.running.map(({ name, mark }) => [name, mark.pid])), ...this.serverProcesses };
  }

  get serverProcesses(): Readonly<Record<string, number>> {
    const marks = (['postgres', 'nats', 'redis'] as const).map((name) => [name, this.serverMark(name)?.pid ?? 0]);
    return Object.fromEntries(marks) as Record<string, number>;
  }

  /** One more process of an app; answers its id. */
  async addReplica(app: string, name: string): Promise<number> {
    await this.startProcesses([{ app: this.app(app), name }]);
    return this.mark(name)?.pid ?? 0;
  }

  protected override plan(process: AppProcess): Plan {
    const plan = super.plan(process);
    const { adapt = (same: Plan): Plan => same } = this.own;
    return adapt(process.name === PLAIN ? { ...plan, env: { ...plan.env, CACHE_MAX_AGE: '0' } } : plan);
  }

  /** Where chargers connect to a process of their service. */
  portOf(name: string): number {
    return this.ports[name] ?? 0;
  }
}
