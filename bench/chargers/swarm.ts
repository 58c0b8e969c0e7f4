import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type RawData, WebSocket } from 'ws';

/** Sockets from one address of this machine: there are some 28,000 ports for connections from each. */
const SOCKETS_PER_ADDRESS = 5000;
const UNAVAILABLE = '503';
/** Milliseconds until a charger that got a 503 comes again, and after how many of them it gives up. */
const AGAIN_MS = 1000;
const MOST_ATTEMPTS = 300;
/** Milliseconds after which a charger repeats a message that was not answered, and how often it sends one at most. */
const UNANSWERED_MS = 30_000;
const MOST_SENT = 10;

type Payload = Record<string, unknown>;

/** Where a swarm connects, and with which password. */
export interface Server {
  readonly port: number;
  /** Hexadecimal. */
  readonly password: string;
}

export interface Closed {
  readonly code: number;
  readonly at: number;
}

/** The connection was refused. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** The address from which one of many connects. */
const addressOf = (index: number): string => `127.0.1.${1 + Math.floor(index / SOCKETS_PER_ADDRESS)}`;

/** A charger as small as it can be: thousands of them have to fit beside the server that is measured. */
export class SwarmCharger {
  private socket?: WebSocket;
  private readonly waiting = new Map<string, { resolve: (payload: Payload) => void; reject: (error: Error) => void }>();
  private serial = 0;
  /** How its last connection ended. */
  closed?: Closed;
  /** Gets the calls of the server. */
  called?: (action: string) => void;

  constructor(
    readonly index: number,
    readonly identity: string,
  ) {}

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** @throws Refused with the status, or the error of the connection */
  connect({ port, password }: Server): Promise<void> {
    const auth = Buffer.from(`${this.identity}:${password}`).toString('base64');
    const socket = new WebSocket(`ws://127.0.0.1:${port}/ocpp/${this.identity}`, ['ocpp1.6'], {
      headers: { authorization: `Basic ${auth}` },
      localAddress: addressOf(this.index),
      perMessageDeflate: false,
      skipUTF8Validation: true,
    });
    this.socket = socket;
    this.closed = undefined;
    socket.on('message', (data) => this.received(data));
    socket.on('close', (code) => this.ended(code));
    return new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('unexpected-response', (_request, response) => {
        response.resume();
        reject(new Refused(String(response.statusCode)));
      });
      socket.on('open', () => resolve());
    });
  }

  /**
   * Connects, again after each 503, as chargers do. `refused` is called for each.
   * @throws Refused with another status, or after the last attempt; or the error of the connection
   */
  async connectAgain(server: Server, refused: () => void = () => undefined): Promise<void> {
    for (let attempts = 1; ; attempts += 1) {
      try {
        return await this.connect(server);
      } catch (error) {
        if (!(error instanceof Refused) || error.message !== UNAVAILABLE) throw error;
        refused();
        if (attempts === MOST_ATTEMPTS) throw error;
        await pause(AGAIN_MS);
      }
    }
  }

  /**
   * The response to a call; one that gets none within 30 s is sent again, as chargers do.
   * @throws Error for a CALLERROR, when the connection ends before, or when the last repetition gets no answer
   */
  async call(action: string, payload: Payload = {}): Promise<Payload> {
    this.serial += 1;
    const id = String(this.serial);
    const answer = new Promise<Payload>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    let sent = 0;
    const send = (): void => {
      sent += 1;
      if (sent > MOST_SENT) this.waiting.get(id)?.reject(new Error(`${action} was not answered`));
      else this.socket?.send(JSON.stringify([2, id, action, payload]));
    };
    const again = setInterval(send, UNANSWERED_MS);
    send();
    return answer.finally(() => clearInterval(again));
  }

  /** Says who it is, and how its connectors are: what each does when it connects. Answers the time of the boot answer. */
  async boot(): Promise<number> {
    await this.call('BootNotification', { chargePointVendor: 'Bench', chargePointModel: 'Swarm' });
    const answered = performance.now();
    for (const connectorId of [0, 1]) {
      const timestamp = new Date().toISOString();
      await this.call('StatusNotification', { connectorId, status: 'Available', errorCode: 'NoError', timestamp });
    }
    return answered;
  }

  terminate(): void {
    this.socket?.terminate();
  }

  private ended(code: number): void {
    this.closed = { code, at: performance.now() };
    this.waiting.forEach(({ reject }) => reject(new Error(`closed with ${code}`)));
    this.waiting.clear();
  }

  private received(data: RawData): void {
    const [type, id, ...rest] = JSON.parse((data as Buffer).toString()) as [number, string, ...unknown[]];
    if (type === 2) {
      this.called?.(String(rest[0]));
      return this.socket?.send(JSON.stringify([3, id, { status: 'Accepted' }]));
    }
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    if (type === 3) waiting?.resolve(rest[0] as Payload);
    else waiting?.reject(new Error(String(rest[0])));
  }
}

export const newPassword = (): string => randomBytes(20).toString('hex');

export const swarmOf = (identities: readonly string[]): SwarmCharger[] =>
  identities.map((identity, index) => new SwarmCharger(index, identity));

/** Does something with each at random moments of so many milliseconds, however long it takes; open loop. */
export async function spreadOver<T>(all: readonly T[], ms: number, work: (one: T) => Promise<void>): Promise<void> {
  const begun = performance.now();
  const moments = all.map(() => Math.random() * ms).sort((a, b) => a - b);
  const under: Promise<void>[] = [];
  for (const [index, one] of all.entries()) {
    const left = begun + (moments[index] ?? 0) - performance.now();
    if (left > 1) await pause(left);
    under.push(work(one));
  }
  await Promise.all(under);
}
