import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { DEVELOPMENT_TIME_ZONES } from '@open-cpo/platform';
import { loadHistory } from '../../demo/load';
import { Publisher } from '../../demo/publisher';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InboxOptions } from '../../mail-inbox/inbox';
import { type App, presentApps } from '../../stack/apps';
import { places, type Places } from '../../stack/places';
import { pause } from '../../stack/processes';
import { choosePorts } from '../../stack/ports';
import { Secrets } from '../../stack/secrets';
import { Servers } from '../../stack/servers/servers';
import { databaseOf, type StackFacts } from '../../stack/start/app-environment';
import { databaseUrl } from '../../stack/start/databases';
import { appPlan, Platform } from '../../stack/start/platform';
import { Fleet } from '../../stack/supervisor/fleet';
import { type Plan, usualPace } from '../../stack/supervisor/supervised';
import { StackError, step } from '../../stack/terminal';
import { BACK_ENDS } from '../authorisation/back-ends';
import type { BrokerUnderAttack } from '../authorisation/broker-under-attack';
import { memoryFile, type Watched } from './memory';
import { SigningKey } from './signing-key';

/** Processes of which there are two, to be attacked from both sides. */
const TWICE = ['auth', 'gateway'];
/** Slow is not dead: what hangs is found by whoever asks. */
const PACE = { ...usualPace, probeWithinMs: 10_000, misses: 6 };
/** Days of sessions: enough for orders, earnings and figures to steal. */
const DAYS = 3;

/** The production build on servers of its own, with demo data, two gateways and a signing key that we know. */
export class AttackStack {
  readonly key = new SigningKey();
  readonly places: Places;
  private readonly secrets: Secrets;
  private readonly apps: readonly App[];
  private readonly fleets = new Map<string, Fleet>();
  private servers?: Servers;
  private inbox?: ChildProcess;
  private known?: StackFacts;
  private ports: Record<string, number> = {};
  private output = '';
  /** Processes that ended by themselves, in words. */
  readonly deaths: string[] = [];

  constructor(private readonly checkout: string) {
    this.places = places(checkout, join('attack', String(process.pid)));
    this.secrets = new Secrets(join(this.places.home, 'secrets.json'));
    this.apps = presentApps(checkout);
  }

  /** Bases of the gateways. */
  get urls(): readonly [string, string] {
    return [`http://127.0.0.1:${this.ports.gateway}`, `http://127.0.0.1:${this.ports['gateway-2']}`];
  }

  /** Where chargers connect. */
  get chargersPort(): number {
    return this.ports.chargers ?? 0;
  }

  get inboxUrl(): string {
    return `http://127.0.0.1:${this.ports.inbox}`;
  }

  get processes(): Watched[] {
    return [...this.fleets].flatMap(([name, { marks }]) => marks.map((mark) => ({ name, mark })));
  }

  /** What the processes wrote. */
  get log(): string {
    return this.output;
  }

  /** The database of each service that has one, as its administrator. */
  get databases(): readonly { readonly name: string; readonly url: string }[] {
    const { facts } = this;
    return this.apps
      .filter(({ database }) => database)
      .map((app) => ({ name: app.name, url: databaseUrl(facts.addresses.databaseAdminUrl, databaseOf(app, facts)) }));
  }

  /** The broker, with the credential of every process. */
  get broker(): BrokerUnderAttack {
    return { url: this.facts.addresses.natsUrl, password: (name) => this.secrets.password(`nats.${name}`) };
  }

  private get facts(): StackFacts {
    if (!this.known) throw new Error('The platform does not run yet.');
    return this.known;
  }

  async start(): Promise<void> {
    const { places, secrets, apps } = this;
    mkdirSync(places.servers, { recursive: true });
    const names = ['postgres', 'nats', 'redis', 'gateway', 'gateway-2', 'smtp', 'inbox', 'chargers'];
    const health = [...apps.map(({ name }) => name), ...TWICE.map((name) => `${name}-2`)];
    this.ports = await choosePorts([...names, ...health.map((name) => `health.${name}`)]);
    const { postgres = 0, nats = 0, redis = 0, gateway: gatewayPort = 0, smtp: smtpPort = 0 } = this.ports;
    const onDeath = (name: string): void => void this.deaths.push(`${name} ended by itself`);
    this.servers = new Servers({
      places,
      secrets,
      ports: { postgres, nats, redis },
      given: {},
      backEnds: BACK_ENDS,
      forTests: false,
      onDeath,
    });
    const addresses = await this.servers.start();
    const shared = { ownBroker: true, prefix: 'cpo', nodeEnv: 'test' };
    this.known = { ...shared, addresses, secrets, gatewayPort, smtpPort, chargersPort: this.ports.chargers };
    this.key.keep(join(places.home, 'signing-keys.json'));
    await this.prepare();
    const file = join(places.home, 'mails.jsonl');
    const program = join(this.checkout, 'dist', 'tools', 'attack', 'environment', 'inbox-process.js');
    this.inbox = await inboxProcess(program, { smtpPort, httpPort: this.ports.inbox ?? 0, file });
    await step('Processes, gateway and auth twice', () => this.startProcesses());
    await step('Sessions', () => this.tellSessions());
  }

  async stop(): Promise<void> {
    const gateways = [...this.fleets].filter(([name]) => name.startsWith('gateway'));
    const rest = [...this.fleets].filter(([name]) => !name.startsWith('gateway'));
    for (const group of [gateways, rest]) await Promise.all(group.map(([, fleet]) => fleet.stop(() => true)));
    this.inbox?.kill('SIGKILL');
    await this.servers?.stop();
  }

  /** Removes all that is left of it. */
  forget(): void {
    rmSync(this.places.servers, { recursive: true, force: true });
    rmSync(this.places.home, { recursive: true, force: true });
  }

  /** Writes what the processes wrote to a file, for who wants to know why. */
  keepLog(): string {
    const file = join(this.places.home, 'apps.log');
    writeFileSync(file, this.output);
    return file;
  }

  /** Databases with demo data: made before, and apart from, the processes that are attacked. */
  private async prepare(): Promise<void> {
    const { places, facts, apps } = this;
    const fleet = new Fleet(undefined, () => undefined);
    const none = { healthPorts: {}, inboxPort: 0, demoDone: [], fleet };
    const platform = new Platform({ places, apps, facts, ...none });
    await platform.migrate();
    await platform.loadDemo();
  }

  private async startProcesses(): Promise<void> {
    for (const app of this.apps) {
      this.startOne(app, app.name);
      if (TWICE.includes(app.name)) this.startOne(app, `${app.name}-2`);
    }
    const ready = Promise.all([...this.fleets.values()].map((fleet) => fleet.ready(300_000)));
    await Promise.race([ready, this.death(ready)]);
  }

  /** Whoever cannot even start need not be waited for. */
  private async death(ready: Promise<unknown>): Promise<void> {
    let over = false;
    const end = (): void => void (over = true);
    ready.then(end, end);
    while (this.deaths.length === 0) {
      if (over) return;
      await pause(500);
    }
    throw new StackError(`${this.deaths.join('\n')}\n${this.output.slice(-2000)}`);
  }

  private startOne(app: App, name: string): void {
    const told = (text: string): void => {
      this.output += text;
      if (/ended \(|is killed/.test(text)) this.deaths.push(text.trim());
    };
    const fleet = new Fleet(undefined, told, PACE);
    this.fleets.set(name, fleet);
    fleet.start([this.planOf(app, name)]);
  }

  /** As in production, with collection on demand, and believing what we say of our address. */
  private planOf(app: App, name: string): Plan {
    const { checkout, ports, places } = this;
    const plan = appPlan(app, checkout, this.facts, ports[`health.${name}`] ?? 0, name);
    const tool = join(checkout, 'dist', 'tools', 'attack');
    const resolver = app.name === 'worker' ? ['--require', join(tool, 'inside', 'resolver.js')] : [];
    return {
      ...plan,
      args: ['--expose-gc', '--require', join(tool, 'environment', 'collect.js'), ...resolver, ...plan.args],
      env: {
        ...plan.env,
        NODE_ENV: 'production',
        // On loopback, and without limits: they have tests of their own.
        ALLOW_INSECURE: 'limits,cors,http',
        // This machine's packages may be older than those of production.
        TIME_ZONE_DATA_MINIMUM: DEVELOPMENT_TIME_ZONES,
        LOG_FORMAT: 'json',
        LOG_LEVEL: 'warn',
        ATTACK_MEMORY: memoryFile(places.home, name),
        SIGNING_KEYS_FILE: join(places.home, 'signing-keys.json'),
        ...('WEBHOOK_LOCAL_TARGETS' in plan.env ? { WEBHOOK_LOCAL_TARGETS: 'false' } : {}),
        // Strangers come from many addresses.
        ...(app.name === 'chargers' ? { TRUSTED_PROXIES: '127.0.0.1' } : {}),
        ...(app.name === 'gateway' ? { ...GATEWAY, PORT: String(ports[name] ?? 0) } : {}),
      },
    };
  }

  /** Three days of sessions, told as charging back ends tell them. */
  private async tellSessions(): Promise<void> {
    const { facts, urls } = this;
    const natsUrl = facts.addresses.natsUrl;
    const publisher = await Publisher.open({
      natsUrl,
      user: 'charging',
      password: this.secrets.password('nats.charging'),
    });
    await loadHistory(publisher, urls[0], DAYS);
    await publisher.close();
  }
}

/** What turns requests away for their number would only keep the attack from asking; it has tests of its own. */
const GATEWAY = {
  SHED_DELAY: '2000',
  TRUSTED_PROXIES: '127.0.0.1,::1',
  RATE_LIMIT_LOGIN: 'off',
  RATE_LIMIT_REGISTRATION: 'off',
  RATE_LIMIT_CODE: 'off',
  RATE_LIMIT_RESET: 'off',
  RATE_LIMIT_GUESS: 'off',
  RATE_LIMIT_WEBHOOK: 'off',
  RATE_LIMIT_WEBHOOK_TEST: 'off',
  UPLOAD_SHARE: String(1024 * 1024 * 1024),
};

async function inboxProcess(program: string, options: InboxOptions): Promise<ChildProcess> {
  const child = fork(program, [JSON.stringify(options)]);
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new StackError('The mail inbox ended at its start.'))),
  ]);
  return child;
}
