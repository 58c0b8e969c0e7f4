import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChangeCharger, chargers, type NewCharger } from '@open-cpo/contracts';
import { ConnectionRefused, SimulatedCharger, until } from '@open-cpo/testing';
import { CARDS, type Chargers, owner, startChargers } from './test/chargers';

const FOLDER = join(__dirname, '../quirks');

type Json = Readonly<Record<string, unknown>>;

/** What a charger does, and what it gets. In what it sends `$-5m` is five minutes ago, and `$name` what was kept before. */
interface Step {
  /** Over which of its connections; by default the first one. */
  readonly over?: string;
  /** Opens it, with these differences; `refused` is the status. */
  readonly connect?: { readonly protocols?: string[]; readonly username?: string; readonly refused?: number };
  /** Breaks it off. */
  readonly terminate?: true;
  /** Waits for it to be closed with this code. */
  readonly closed?: number;
  readonly send?: readonly unknown[];
  /** Text that is made longer by so many blanks, in so many fragments. */
  readonly longer?: number;
  readonly fragments?: number;
  readonly answer?: readonly unknown[];
  /** What the text of the answer matches. */
  readonly matches?: string;
  /** Name under which `transactionId` of the answer is kept. */
  readonly keep?: string;
}

/** What a file shows: a quirk of real chargers as they send it, and what the service answers and publishes. */
interface Dialogue {
  readonly quirk: number;
  readonly title: string;
  readonly policy?: 'anybody';
  /** What its owner has set. */
  readonly change?: Omit<ChangeCharger, 'id'>;
  readonly steps: readonly Step[];
  /** Events of sessions, in their order. */
  readonly published?: readonly (readonly [string, Json])[];
  /** What the charger is shown as at the end. */
  readonly shown?: Json;
}

const files = readdirSync(FOLDER).map((file) => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as Dialogue);

/** A charger with its connections. */
class Player {
  private readonly kept = new Map<string, unknown>();
  private readonly connections = new Map<string, SimulatedCharger>();

  constructor(
    private readonly service: Chargers,
    private readonly charger: NewCharger,
  ) {}

  async play({ over = 'first', ...step }: Step): Promise<void> {
    if (step.connect) return this.connect(over, step.connect);
    const connection = this.connections.get(over) as SimulatedCharger;
    if (step.terminate) connection.terminate();
    if (step.closed !== undefined) expect(await connection.closed).toMatchObject({ code: step.closed });
    if (step.send) await this.send(connection, step, step.send);
  }

  end(): void {
    this.connections.forEach((connection) => connection.terminate());
  }

  filled(value: unknown): unknown {
    const text = JSON.stringify(value);
    const found = text.replace(/"\$(?:(-?\d+)m|(\w+))"/g, (_, minutes?: string, name = '') =>
      JSON.stringify(minutes === undefined ? this.kept.get(name) : this.minutes(Number(minutes))),
    );
    return JSON.parse(found) as unknown;
  }

  /** The same moment each time: what is repeated is the same. */
  private minutes(from: number): string {
    const name = `${from}m`;
    const at = this.kept.get(name) ?? new Date(Date.now() + from * 60_000).toISOString();
    this.kept.set(name, at);
    return at as string;
  }

  private async connect(over: string, { refused, ...more }: NonNullable<Step['connect']>): Promise<void> {
    const made = this.service.connect(this.charger, more);
    if (refused === undefined) return void this.connections.set(over, await made);
    const error: unknown = await made.catch((one: unknown) => one);
    expect(error).toBeInstanceOf(ConnectionRefused);
    expect((error as ConnectionRefused).status).toBe(refused);
  }

  private async send({ socket }: SimulatedCharger, step: Step, message: readonly unknown[]): Promise<void> {
    const answered = once(socket, 'message');
    const text = JSON.stringify(this.filled(message)) + ' '.repeat(step.longer ?? 0);
    const size = Math.ceil(text.length / (step.fragments ?? 1));
    for (let at = 0; at < text.length; at += size) {
      socket.send(text.slice(at, at + size), { fin: at + size >= text.length });
    }
    if (!step.answer) return;
    const said = String((await answered)[0]);
    const answer = JSON.parse(said) as unknown[];
    if (step.matches) expect(said).toMatch(new RegExp(step.matches));
    expect(answer).toMatchObject(this.filled(step.answer) as unknown[]);
    if (step.keep) this.kept.set(step.keep, (answer[2] as { transactionId: unknown }).transactionId);
  }
}

describe('quirks of chargers, as a dialogue', () => {
  let service: Chargers;
  let chargePointId = 2900;

  beforeAll(async () => {
    service = await startChargers('charger_quirks');
    CARDS.set('04A2B1C6', 'known');
  });
  afterAll(() => service?.stop());

  it.each(files)('$quirk: $title', async ({ policy, change, steps, published, shown }) => {
    chargePointId += 1;
    await service.chargePoint(chargePointId);
    const charger = await service.make(chargePointId, policy ? { policy } : {});
    if (change) await service.bus.call(chargers.change, { id: charger.id, ...change }, owner());
    const player = new Player(service, charger);
    for (const step of steps) await player.play(step);
    if (published) {
      const events = (await service.published(charger)).filter(({ subject }) => subject.includes('.session.'));
      expect(events.map(({ subject, payload }) => [subject.split('.')[2], payload])).toMatchObject(
        player.filled(published) as unknown[],
      );
    }
    if (shown) {
      await until(async () => {
        const one = await service.bus.call(chargers.one, { id: charger.id }, owner());
        return Object.entries(shown).every(([name, value]) => one[name as keyof typeof one] === value);
      }, 'what is shown of it');
    }
    player.end();
  });
});
