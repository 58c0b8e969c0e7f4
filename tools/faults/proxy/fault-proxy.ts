import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** What a line can suffer from. */
export interface Trouble {
  /** Milliseconds that every piece is late, in each direction. */
  readonly latency?: number;
  /** Bytes a second, in each direction. */
  readonly bandwidth?: number;
  /** Nothing passes, and nobody is told. */
  readonly silent?: boolean;
}

interface Pair {
  readonly client: Socket;
  readonly server: Socket;
}

/** A line between a program and a server that can be slow, silent or cut. */
export class FaultProxy {
  private readonly pairs = new Set<Pair>();
  private trouble: Trouble = {};
  private refusing = false;

  private constructor(
    private readonly listener: Server,
    private readonly target: number,
  ) {
    listener.on('connection', (client) => this.open(client));
  }

  /** In front of a port of this machine. */
  static async before(target: number): Promise<FaultProxy> {
    const listener = createServer();
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return new FaultProxy(listener, target);
  }

  get port(): number {
    return (this.listener.address() as AddressInfo).port;
  }

  /** Lines that are open. */
  get lines(): number {
    return this.pairs.size;
  }

  /** Whether new lines carry what is sent. */
  get works(): boolean {
    return !this.refusing && !this.trouble.silent;
  }

  /** From now on every line has this trouble. */
  impair(trouble: Trouble): void {
    this.trouble = trouble;
    for (const { client, server } of this.pairs) {
      for (const socket of [client, server]) {
        if (trouble.silent) socket.pause();
        else socket.resume();
      }
    }
  }

  /** Resets every line; while `refuse` is on, new ones as well. */
  cut(refuse = false): void {
    this.refusing = refuse;
    for (const { client, server } of this.pairs) {
      client.resetAndDestroy();
      server.resetAndDestroy();
    }
  }

  /** All is well again. */
  heal(): void {
    this.refusing = false;
    this.impair({});
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.listener.close(resolve));
    this.cut(true);
    await closed;
  }

  private open(client: Socket): void {
    if (this.refusing) return void client.resetAndDestroy();
    const server = connect(this.target, '127.0.0.1');
    const pair = { client, server };
    this.pairs.add(pair);
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      from.setNoDelay(true);
      from.on('data', (bytes) => this.pass(bytes, from, to));
      from.on('end', () => to.end());
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.pairs.delete(pair);
        to.destroySoon();
      });
      if (this.trouble.silent) from.pause();
    }
  }

  private pass(bytes: Buffer, from: Socket, to: Socket): void {
    const { latency = 0, bandwidth } = this.trouble;
    const wait = latency + (bandwidth ? (1000 * bytes.length) / bandwidth : 0);
    if (wait === 0) return this.write(bytes, from, to);
    // One piece at a time keeps them in order; more would be an unlimited buffer.
    from.pause();
    setTimeout(() => {
      this.write(bytes, from, to);
      if (!this.trouble.silent) from.resume();
    }, wait);
  }

  private write(bytes: Buffer, from: Socket, to: Socket): void {
    if (to.destroyed || to.write(bytes)) return;
    from.pause();
    to.once('drain', () => this.trouble.silent || from.resume());
  }
}
