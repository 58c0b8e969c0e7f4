import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DEVELOPMENT_TIME_ZONES } from '@open-cpo/platform';
import { loadHistory } from '../../demo/load';
import { Publisher } from '../../demo/publisher';
import type { InboxOptions } from '../../mail-inbox/inbox';
import { type AppProcess, TestEnvironment } from '../../stack/start/test-environment';
import { type Plan, usualPace } from '../../stack/supervisor/supervised';
import { StackError, step } from '../../stack/terminal';
import { BACK_ENDS } from '../authorisation/back-ends';
import type { BrokerUnderAttack } from '../authorisation/broker-under-attack';
import { memoryFile } from './memory';
import { SigningKey } from './signing-key';

/** Processes of which there are two, to be attacked from both sides. */
const TWICE = ['auth', 'gateway'];
const SECOND_GATEWAY = 'gateway-2';
/** A slow process is not a dead one: requests find what hangs. */
const PACE = { ...usualPace, probeWithinMs: 10_000, misses: 6 };
/** Days of sessions: enough for orders, earnings and statistics to steal. */
const DAYS = 3;

/** With two gateways and a signing key that we know. */
export class AttackStack extends TestEnvironment {
  readonly key = new SigningKey();
  /** Processes that ended by themselves, as their supervisor reported it. */
  readonly deaths: string[] = [];
  private mails?: ChildProcess;
  private failStart: (death: string) => void = () => undefined;

  constructor(checkout: string) {
    super({ checkout, folder: join('attack', String(process.pid)), backEnds: BACK_ENDS, pace: PACE });
  }

  /** Bases of the gateways. */
  get urls(): readonly [string, string] {
    return [this.url, this.urlOf(SECOND_GATEWAY)];
  }

  /** The database of each service that has one. */
  get databases(): readonly { readonly name: string; readonly url: string }[] {
    return this.apps.filter(({ database }) => database).map(({ name }) => ({ name, url: this.databaseUrl(name) }));
  }

  /** The broker, with the credential of every process. */
  get broker(): BrokerUnderAttack {
    return { url: this.addresses.natsUrl, password: (name) => this.secrets.password(`nats.${name}`) };
  }

  async start(): Promise<void> {
    await this.startServers();
    this.key.keep(this.signingKeys);
    await this.prepare();
    await this.startInbox();
    await step('Processes, gateway and auth twice', () => this.startAll());
    await step('Sessions', () => this.loadSessions());
  }

  override async stop(keepLog = false): Promise<string> {
    await this.stopProcesses();
    this.mails?.kill('SIGKILL');
    return super.stop(keepLog);
  }

  private get signingKeys(): string {
    return join(this.places.home, 'signing-keys.json');
  }

  /** In a process of its own: to receive a mail in the attacking process would delay the request that is being timed. */
  protected override async startInbox(): Promise<void> {
    const program = join(this.options.checkout, 'dist', 'tools', 'attack', 'environment', 'inbox-process.js');
    const { smtp: smtpPort = 0, inbox: httpPort = 0 } = this.ports;
    const options: InboxOptions = { smtpPort, httpPort, file: join(this.places.home, 'mails.jsonl') };
    this.mails = fork(program, [JSON.stringify(options)]);
    await Promise.race([
      once(this.mails, 'message'),
      once(this.mails, 'exit').then(() => Promise.reject(new StackError('The mail inbox ended at its start.'))),
    ]);
  }

  /** Fails at once when a process ends before it was ready. */
  private async startAll(): Promise<void> {
    const death = new Promise<never>((_, reject) => {
      this.failStart = (text) => reject(new StackError(`${text}\n${this.log.slice(-2000)}`));
    });
    const processes = this.apps.flatMap((app) =>
      [app.name, ...(TWICE.includes(app.name) ? [`${app.name}-2`] : [])].map((name) => ({ app, name })),
    );
    await Promise.race([this.startProcesses(processes), death]);
    this.failStart = () => undefined;
  }

  protected override wrote(process: string, text: string): void {
    super.wrote(process, text);
    if (/ended \(|is killed/.test(text)) this.recordDeath(text.trim());
  }

  protected override serverDied(name: string): void {
    this.recordDeath(`${name} ended by itself`);
  }

  private recordDeath(death: string): void {
    this.deaths.push(death);
    this.failStart(death);
  }

  /** As in production, with collection on demand, and believing what we say of our address. */
  protected override plan(process: AppProcess): Plan {
    const { app, name } = process;
    const plan = super.plan(process);
    const tool = join(this.options.checkout, 'dist', 'tools', 'attack');
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
        LOG_LEVEL: 'warn',
        ATTACK_MEMORY: memoryFile(this.places.home, name),
        SIGNING_KEYS_FILE: this.signingKeys,
        ...('WEBHOOK_LOCAL_TARGETS' in plan.env ? { WEBHOOK_LOCAL_TARGETS: 'false' } : {}),
        // The attacker has many addresses.
        ...(app.name === 'chargers' ? { TRUSTED_PROXIES: '127.0.0.1' } : {}),
        ...(app.name === 'gateway' ? GATEWAY : {}),
      },
    };
  }

  /** Three days of sessions, published as charging back ends publish them. */
  private async loadSessions(): Promise<void> {
    const { natsUrl } = this.addresses;
    const password = this.secrets.password('nats.charging');
    const publisher = await Publisher.open({ natsUrl, user: 'charging', password });
    await loadHistory(publisher, this.url, DAYS);
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
