import { userInfo, hostname } from 'node:os';
import { accountUser, allRows, Broker, Bus, internalCaller } from '@open-cpo/messaging';
import type { Operation } from '@open-cpo/contracts';
import { Health, Log } from '@open-cpo/platform';
import { AuthorizationError, connect, type NatsConnection } from '@nats-io/transport-node';

/** How to reach the broker, from the environment. */
export interface OperatorConsoleSettings {
  readonly natsUrl: string;
  readonly user?: string;
  readonly password?: string;
  /** Keys of an operator's calls; without them those of development. */
  readonly callKeys?: string;
  /** Who it is, for the audit log; else the user of this machine. */
  readonly name?: string;
  /** How the command is called here, for its help. */
  readonly typed?: string;
  /** Milliseconds to wait for the broker. */
  readonly patience?: number;
}

const TIMEOUT_MS = 5000;
const ANSWER = 30_000;

/** The broker is away, or does not know us. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** An operator's place: a connection with the operator's own credential, and a name for the audit log. */
export class OperatorConsole {
  private constructor(
    readonly nats: NatsConnection,
    private readonly broker: Broker,
    private readonly bus: Bus,
    readonly by: string,
  ) {}

  /** @throws Unreachable */
  static async open(settings: OperatorConsoleSettings): Promise<OperatorConsole> {
    // The broker library tries for ever, as a service must; a person wants to know.
    const nats = await reach(settings);
    const { natsUrl: url, user, password, callKeys, name } = settings;
    const log = Log.to({ service: 'operator', level: 'silent' });
    // Operators' operations are served in an account of their own; streams lie in that of the platform.
    const caller = user === 'operator' ? accountUser(user, 'operators') : user;
    const broker = new Broker({ service: 'operator', url, user: caller, password, callKeys }, log, new Health());
    await new Promise<void>((resolve) => broker.whenUp(() => resolve()));
    return new OperatorConsole(nats, broker, new Bus(broker), nameOf(name));
  }

  /** `key`: what is asked again with it is done once. */
  ask<I, O>(operation: Operation<I, O, 'read' | 'write'>, input: I, key?: string): Promise<O> {
    const caller = internalCaller(key ? { idempotencyKey: key } : {}, operation.deadline ?? ANSWER);
    return this.bus.call(operation, input, caller);
  }

  /** All rows of a stream. */
  rows<I, O>(operation: Operation<I, O, 'stream'>, input: I): Promise<O[]> {
    return allRows<O>(this.bus.stream(operation, input, internalCaller({}, operation.deadline ?? ANSWER)));
  }

  async close(): Promise<void> {
    await this.broker.onApplicationShutdown();
    await this.nats.close();
  }
}

/** Whom the audit log names. A user of a container may have a number only. */
export function nameOf(given: string | undefined, look: () => { readonly username: string } = userInfo): string {
  if (given) return given;
  const user = ((): string => {
    try {
      return look().username;
    } catch {
      return `uid ${process.getuid?.()}`;
    }
  })();
  return `${user}@${hostname()}`.slice(0, 100);
}

const withoutPassword = (url: string): string => url.replace(/\/\/[^@/]*@/, '//');

async function reach({
  natsUrl,
  user,
  password,
  patience = TIMEOUT_MS,
}: OperatorConsoleSettings): Promise<NatsConnection> {
  const servers = natsUrl.split(',');
  const where = servers.map(withoutPassword).join(', ');
  try {
    const who = { user, pass: password, name: 'operator', inboxPrefix: '_INBOX_operator' };
    return await connect({ servers, ...who, timeout: patience, reconnect: false });
  } catch (error) {
    const refused = error instanceof AuthorizationError;
    if (refused) throw new Unreachable(`The broker at ${where} does not accept NATS_USER and NATS_PASSWORD.`);
    throw new Unreachable(`The broker at ${where} does not answer. Does the platform run?`);
  }
}
