import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basics } from '../../stack/environment';
import { anyFree } from '../../stack/ports';
import { StackError } from '../../stack/terminal';
import { tryCommand } from '../command';
import type { Engine } from '../engine/engine';
import { until } from '../run/until';
import {
  type ComposedService,
  demoServices,
  forPodman,
  profiledServices,
  servicesOf,
  startWaves,
  withoutEmptyDefaults,
  withOldTimeZones,
} from './services';

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

  async version(): Promise<string> {
    const { all } = await tryCommand('podman-compose', ['--version'], { env: basics() });
    return /podman-compose\w*\s+version:?\s+(\S+)/.exec(all)?.[1] ?? 'of an unknown version';
  }

  /** What podman-compose would do by itself, told without doing it; nothing of it is left. */
  async lacks(): Promise<string[]> {
    await this.prepare();
    const planned = await this.compose('--dry-run', 'up', '--detach', '--no-build');
    await this.engine.clear();
    const order = [...planned.matchAll(/^\S*podman run --name=composed_([a-z-]+)_1 /gm)].map(([, name = '']) => name);
    if (order.length === 0)
      throw new StackError(`podman-compose tells nothing of what it would do:\n${planned.slice(-2000)}`);
    const profiled = profiledServices(this.checkout).filter((name) => order.includes(name));
    const waits = /^\S*podman (wait|healthcheck) /m.test(planned);
    return [
      ...(profiled.length > 0 ? [`no profiles: it would start ${profiled.join(', ')} as well`] : []),
      ...(waits
        ? []
        : [`no conditions of depends_on: it would start ${order.length} services without waiting for any`]),
    ];
  }

  /**
   * Makes and starts every service that needs no profile. podman-compose 1.0.3 knows neither profiles nor the conditions
   * of `depends_on`: services are named, started in waves, and waited for as each of them asks.
   */
  async up(): Promise<string[][]> {
    await this.prepare();
    const services = servicesOf(this.checkout);
    const waves = startWaves(services);
    await this.compose('up', '--no-start', '--no-build', ...waves.flat(), ...demoServices(this.checkout));
    for (const wave of waves) {
      const asked = wave.flatMap((name) => Object.entries(services.get(name)?.depends_on ?? {}));
      const conditions = new Map(asked.map(([other, { condition }]) => [`${other} ${condition}`, other]));
      for (const [key, other] of conditions) await this.met(other, key.split(' ')[1] ?? '', services.get(other));
      await this.compose('start', ...wave);
    }
    for (const name of waves.at(-1) ?? []) await this.met(name, 'service_healthy', services.get(name));
    return waves;
  }

  private async prepare(): Promise<void> {
    await this.engine.clear();
    const text = readFileSync(join(this.checkout, 'docker-compose.yml'), 'utf8');
    writeFileSync(this.file, forPodman(withoutEmptyDefaults(withOldTimeZones(text))));
    const [port, mailPort] = [await anyFree(), await anyFree()];
    this.ports = { PORT: String(port), MAIL_PORT: String(mailPort), PUBLIC_URL: `http://localhost:${port}` };
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Runs the one-shots of the profile `demo`. */
  async loadDemo(): Promise<void> {
    const names = demoServices(this.checkout);
    await this.compose('start', ...names);
    for (const name of names) await this.met(name, 'service_completed_successfully');
  }

  async down(): Promise<void> {
    await this.compose('down', '--volumes');
  }

  /** The exit codes of the containers of services after they were told to end. */
  async stop(names: readonly string[]): Promise<Record<string, number>> {
    // All at once, which podman-compose cannot.
    await this.engine.podman('stop', '--time', '40', ...names.map((name) => this.container(name)));
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

  private async compose(...args: string[]): Promise<string> {
    const fixed = ['--podman-path', this.engine.program, '--project-name', project, '--file', this.file];
    if (!this.url) throw new StackError('The system is not up.');
    const env = { ...basics(), ...this.ports };
    const { code, all } = await tryCommand('podman-compose', [...fixed, ...args], { env });
    if (code !== 0) throw new StackError(`podman-compose ${args.join(' ')} ended with ${code}:\n${all.slice(-3000)}`);
    return all;
  }
}
