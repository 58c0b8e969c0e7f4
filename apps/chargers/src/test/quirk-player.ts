import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { ChangeCharger, SendCommand } from '@open-cpo/contracts';
import { type ChargerOptions, ConnectionRefused, type SimulatedCharger } from '@open-cpo/testing';

const FOLDER = join(__dirname, '../../quirks');

type Json = Readonly<Record<string, unknown>>;

interface Connect {
  readonly protocols?: string[];
  readonly username?: string;
  /** Status with which it is refused. */
  readonly refused?: number;
  /** Extensions of WebSocket that are agreed on. */
  readonly extensions?: string;
}

/** What a charger does, and what it gets. In what it sends `$-5m` is five minutes ago, and `$name` what was kept before. */
export interface Step {
  /** Over which of its connections; by default the first one. */
  readonly over?: string;
  /** Opens it, with these differences. */
  readonly connect?: Connect;
  /** Sends a request with these headers alone over HTTP, which is answered with the status. */
  readonly request?: { readonly headers: Record<string, string>; readonly status: number };
  /** Breaks it off. */
  readonly terminate?: true;
  /** Waits for it to be closed with this code. */
  readonly closed?: number;
  readonly send?: readonly unknown[];
  /** Text that is made longer by so many blanks, in so many fragments. */
  readonly longer?: number;
  readonly fragments?: number;
  /** Bytes that it sends as they are, in hexadecimal. */
  readonly bytes?: string;
  readonly answer?: readonly unknown[];
  /** What the text of the answer matches. */
  readonly matches?: string;
  /** Name under which `transactionId` of the answer is kept. */
  readonly keep?: string;
  /** What it answers to calls from now on, by action: one after the other, the last one always; `break`: it breaks off. */
  readonly answers?: Readonly<Record<string, readonly (Json | 'break')[]>>;
  /** What its owner commands. */
  readonly command?: Omit<SendCommand, 'id'>;
  /** So many minutes pass. */
  readonly pass?: number;
  /** The calls of these actions that it got since it was looked at last; no others. */
  readonly calls?: Readonly<Record<string, readonly Json[]>>;
  /** Pings that it got over this connection. */
  readonly pings?: number;
  /** What its owner is shown of the last command. */
  readonly commanded?: Json;
  /** A setting as its owner is shown it. */
  readonly setting?: { readonly key: string; readonly value: string };
  /** Does other steps so often. */
  readonly repeat?: number;
  readonly steps?: readonly Step[];
}

/** What a file shows: a quirk of real chargers as they send it, and what the service answers and publishes. */
export interface Dialogue {
  readonly quirk: number;
  readonly title: string;
  readonly policy?: 'anybody';
  readonly identity?: string;
  /** What the address that the charger is configured with matches. */
  readonly address?: string;
  /** What its owner has set. */
  readonly change?: Omit<ChangeCharger, 'id'>;
  readonly steps: readonly Step[];
  /** Events of sessions, in their order. */
  readonly published?: readonly (readonly [string, Json])[];
  /** What the charger is shown as at the end. */
  readonly shown?: Json;
  /** Why its connections were refused, as its owner is shown it. */
  readonly refused?: readonly string[];
}

/** A charger at a central system, with what that makes of it. */
export interface PlayedCharger {
  readonly identity: string;
  readonly password: string;
  /** The address that it is configured with. */
  readonly address: string;
  /** Where the system listens, up to the identity. */
  readonly url: string;
  connect(more: Partial<ChargerOptions>): Promise<SimulatedCharger>;
  command(input: Omit<SendCommand, 'id'>): Promise<void>;
  /** So many minutes pass, with what the system does then. */
  pass(minutes: number): Promise<void>;
  /** Done when nothing more will be sent over a connection of what is due. */
  settled(connection: SimulatedCharger): Promise<void>;
  /** Done when it is certain that nothing more comes over a connection; never, where that cannot be known. */
  silence(connection: SimulatedCharger): Promise<void>;
  /** Done when a check holds; throws what it throws where it never will. */
  eventually(check: () => Promise<void>): Promise<void>;
  published(): Promise<readonly (readonly [string, unknown])[]>;
  shown(): Promise<unknown>;
  commanded(): Promise<unknown>;
  settings(): Promise<readonly { readonly key: string; readonly value: string | null }[]>;
  refused(): Promise<readonly string[]>;
}

/** All files, by name. */
export const dialogues = readdirSync(FOLDER).map((file) => ({
  file,
  dialogue: JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Dialogue,
}));

/** Where a dialogue went another way. */
export class Deviation extends Error {
  override readonly name = 'Deviation';

  constructor(
    /** `step 3`, `published` and so on. */
    readonly where: string,
    cause: unknown,
  ) {
    super(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** @throws Deviation */
export async function play(dialogue: Dialogue, charger: PlayedCharger): Promise<void> {
  const player = new Player(charger);
  const { address, steps, published, shown, refused } = dialogue;
  const part = async (where: string, done: () => Promise<void>): Promise<void> =>
    done().catch((error: unknown) => {
      throw new Deviation(where, error);
    });
  try {
    if (address) await part('address', async () => expect(charger.address).toMatch(new RegExp(address)));
    for (const [n, step] of steps.entries()) await part(`step ${n + 1}`, () => player.play(step));
    if (published) {
      await part('published', async () =>
        expect(await charger.published()).toMatchObject(player.filled(published) as unknown[]),
      );
    }
    if (shown) {
      await part('shown', () => charger.eventually(async () => expect(await charger.shown()).toMatchObject(shown)));
    }
    if (refused) {
      await part('refused', () => charger.eventually(async () => expect(await charger.refused()).toEqual(refused)));
    }
  } finally {
    player.end();
  }
}

/** A charger with its connections. */
class Player {
  private readonly kept = new Map<string, unknown>();
  private readonly connections = new Map<string, SimulatedCharger>();
  /** All that it has had. */
  private readonly all: SimulatedCharger[] = [];
  private readonly answers = new Map<string, readonly (Json | 'break')[]>();
  private readonly pings = new WeakMap<SimulatedCharger, number>();

  constructor(private readonly charger: PlayedCharger) {}

  async play({ over = 'first', ...step }: Step): Promise<void> {
    if (step.connect) return this.connect(over, step.connect);
    if (step.request) return this.request(step.request);
    for (let n = 0; n < (step.repeat ?? 0); n += 1) {
      for (const one of step.steps ?? []) await this.play({ over, ...one });
    }
    const connection = this.connections.get(over) as SimulatedCharger;
    if (step.terminate) await this.terminate(connection);
    if (step.bytes) tcpOf(connection).write(Buffer.from(step.bytes, 'hex'));
    if (step.closed !== undefined) await this.closed(connection, step.closed);
    if (step.send) await this.send(connection, step, step.send);
    await this.ofSystem(connection, step);
  }

  end(): void {
    this.all.forEach((connection) => connection.terminate());
  }

  filled(value: unknown): unknown {
    const text = JSON.stringify(value);
    const found = text.replace(/"\$(?:(-?\d+)m|(\w+))"/g, (_, minutes?: string, name = '') =>
      JSON.stringify(minutes === undefined ? this.kept.get(name) : this.minutes(Number(minutes))),
    );
    return JSON.parse(found) as unknown;
  }

  /** What comes of the system, and not in answer to a message. */
  private async ofSystem(connection: SimulatedCharger, step: Step): Promise<void> {
    const { charger } = this;
    for (const [action, list] of Object.entries(step.answers ?? {})) {
      this.answers.set(action, list);
      this.answering(connection, action);
    }
    if (step.command) await charger.command(step.command);
    if (step.pass !== undefined) await charger.pass(step.pass);
    if (step.calls ?? step.commanded ?? step.setting) await charger.settled(connection);
    if (step.calls) this.called(step.calls);
    if (step.commanded) expect(await charger.commanded()).toMatchObject(step.commanded);
    if (step.setting) expect(await charger.settings()).toContainEqual(expect.objectContaining(step.setting));
    if (step.pings !== undefined) expect({ pings: this.pings.get(connection) }).toEqual({ pings: step.pings });
  }

  private called(expected: NonNullable<Step['calls']>): void {
    const got = this.all.flatMap(({ calls }) => calls.splice(0));
    for (const [action, payloads] of Object.entries(expected)) {
      const found = got.filter((one) => one.action === action).map(({ payload }) => payload);
      expect({ [action]: found }).toMatchObject({ [action]: payloads });
    }
  }

  /** The same moment each time: what is repeated is the same. */
  private minutes(from: number): string {
    const name = `${from}m`;
    const at = this.kept.get(name) ?? new Date(Date.now() + from * 60_000).toISOString();
    this.kept.set(name, at);
    return at as string;
  }

  private async connect(over: string, { refused, extensions, ...more }: Connect): Promise<void> {
    const made = this.charger.connect(more);
    if (refused === undefined) return this.connected(over, await made, extensions);
    const opened: unknown = await made.catch((one: unknown) => one);
    // It is ended with the others.
    if (!(opened instanceof Error)) this.all.push(opened as SimulatedCharger);
    expect(opened).toBeInstanceOf(ConnectionRefused);
    expect((opened as ConnectionRefused).status).toBe(refused);
  }

  private connected(over: string, connection: SimulatedCharger, extensions?: string): void {
    this.connections.set(over, connection);
    this.all.push(connection);
    const { socket } = connection;
    this.pings.set(connection, 0);
    socket.on('ping', () => this.pings.set(connection, (this.pings.get(connection) ?? 0) + 1));
    this.answers.forEach((_answers, action) => this.answering(connection, action));
    if (extensions !== undefined) expect(socket.extensions).toBe(extensions);
  }

  private answering(connection: SimulatedCharger, action: string): void {
    connection.answers.set(action, () => {
      const [answer, ...others] = this.answers.get(action) ?? [];
      if (others.length > 0) this.answers.set(action, others);
      if (answer !== 'break') return answer;
      connection.terminate();
      return undefined;
    });
  }

  private async request({ headers, status }: NonNullable<Step['request']>): Promise<void> {
    const { url, identity, password } = this.charger;
    const authorization = `Basic ${Buffer.from(`${identity}:${password}`).toString('base64')}`;
    const asked = request(`${url.replace('ws:', 'http:')}/${identity}`, { headers: { authorization, ...headers } });
    const answered = new Promise<number>((resolve, reject) => {
      asked.on('error', reject);
      asked.on('response', (response) => resolve(response.resume().statusCode ?? 0));
      asked.on('upgrade', (_response, socket) => {
        socket.destroy();
        resolve(101);
      });
    });
    asked.end();
    expect(await answered).toBe(status);
  }

  private async terminate(connection: SimulatedCharger): Promise<void> {
    connection.terminate();
    await connection.closed;
  }

  private async closed(connection: SimulatedCharger, code: number): Promise<void> {
    const closed = await Promise.race([connection.closed, this.charger.silence(connection)]);
    expect(closed ?? 'open').toMatchObject({ code });
  }

  private async send(connection: SimulatedCharger, step: Step, message: readonly unknown[]): Promise<void> {
    const { socket } = connection;
    const answered = answerOver(connection);
    const text = JSON.stringify(this.filled(message)) + ' '.repeat(step.longer ?? 0);
    const size = Math.ceil(text.length / (step.fragments ?? 1));
    for (let at = 0; at < text.length; at += size) {
      socket.send(text.slice(at, at + size), { fin: at + size >= text.length });
    }
    if (!step.answer) return;
    const none = Promise.race<unknown>([connection.closed, this.charger.silence(connection)]).then(() => undefined);
    const said = await Promise.race([answered, none]);
    if (said === undefined) throw new Error('There is no answer.');
    const answer = JSON.parse(said) as unknown[];
    if (step.matches) expect(said).toMatch(new RegExp(step.matches));
    expect(answer).toMatchObject(this.filled(step.answer) as unknown[]);
    if (step.keep) this.kept.set(step.keep, (answer[2] as { transactionId: unknown }).transactionId);
  }
}

/** The next message that is no call. */
const answerOver = ({ socket }: SimulatedCharger): Promise<string> =>
  new Promise((resolve) => {
    const received = (data: Buffer): void => {
      const text = data.toString();
      if (text.startsWith('[2,')) return;
      socket.off('message', received);
      resolve(text);
    };
    socket.on('message', received);
  });

/** The connection below the WebSocket, to send what that would not. */
const tcpOf = ({ socket }: SimulatedCharger): Socket => (socket as unknown as { _socket: Socket })._socket;
