import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basics } from '../../stack/environment';
import { anyFree } from '../../stack/ports';
import { StackError } from '../../stack/terminal';
import { command } from '../command';
import type { Engine } from '../engine/engine';
import { until } from '../run/until';
import { type ComposedService, demoServices, servicesOf, startOrder, withoutEmptyDefaults } from './services';

const project = 'composed';

interface State {
  readonly Running: boolean;
  readonly ExitCode: number;
}

/** The system of the compose file, brought up by podman-compose. */
export class ComposeSystem {
  url = '';
  private ports: Record<string, string> = {};
  private readonly file: string;

  constructor(
    private readonly engine: Engine,
    private readonly checkout: string,
  ) {
    this.file = join(checkout, 'podman-compose.yml');
  }

  /**
   * Makes and starts every service that needs no profile. podman-compose 1.0.3 knows neither profiles nor the conditions
   * of `depends_on`: services are named, started one after the other, and waited for as each of them asks.
   */
  async up(): Promise<string[]> {
    await this.engine.clear();
    const text = readFileSync(join(this.checkout, 'docker-compose.yml'), 'utf8');
    writeFileSync(this.file, withoutEmptyDefaults(text));
    const [port, mailPort] = [await anyFree(), await anyFree()];
    this.ports = { PORT: String(port), MAIL_PORT: String(mailPort), PUBLIC_URL: `http://localhost:${port}` };
    this.url = `http://127.0.0.1:${port}`;
    const services = servicesOf(this.checkout);
    const order = startOrder(services);
    await this.compose('up', '--no-start', '--no-build', ...order, ...demoServices(this.checkout));
    for (const name of order) {
      for (const [other, { condition }] of Object.entries(services.get(name)?.depends_on ?? {})) {
        await this.met(other, condition, services.get(other));
      }
      await this.compose('start', name);
    }
    await this.met('gateway', 'service_healthy', services.get('gateway'));
    return order;
  }

  /** Runs the one-shots of the profile `demo`. */
  async loadDemo(): Promise<void> {
    for (const name of demoServices(this.checkout)) {
      await this.compose('start', name);
      await this.met(name, 'service_completed_successfully');
    }
  }

  async down(): Promise<void> {
    await this.compose('down', '--volumes');
  }

  /** The exit codes of the containers of services after they were told to end. */
  async stop(names: readonly string[]): Promise<Record<string, number>> {
    await this.compose('stop', '--timeout', '40', ...names);
    const codes: [string, number][] = [];
    for (const name of names) codes.push([name, (await this.state(name)).ExitCode]);
    return Object.fromEntries(codes);
  }

  private async met(name: string, condition: string, service?: ComposedService): Promise<void> {
    const container = this.container(name);
    const seen = (): Promise<string> => this.engine.log(container);
    if (condition === 'service_started') return;
    if (condition === 'service_healthy') {
      const asked = async () => (await this.engine.tryPodman('healthcheck', 'run', container)).code === 0;
      return until(`The health of ${name} (${service?.image ?? ''})`, asked, seen);
    }
    const ended = async (): Promise<boolean> => {
      const { Running, ExitCode } = await this.state(name);
      return !Running && ExitCode === 0;
    };
    return until(`The end of ${name}`, ended, seen);
  }

  private state(name: string): Promise<State> {
    return this.engine.inspect<State>(this.container(name), '.State');
  }

  private container(name: string): string {
    return `${project}_${name}_1`;
  }

  private compose(...args: string[]): Promise<string> {
    const fixed = ['--podman-path', this.engine.program, '--project-name', project, '--file', this.file];
    if (!this.url) throw new StackError('The system is not up.');
    return command('podman-compose', [...fixed, ...args], { env: { ...basics(), ...this.ports } });
  }
}
