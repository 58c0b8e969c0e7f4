import { createServer, type Server } from 'node:net';
import { StackError } from '../../stack/terminal';
import { CANARY_PORT } from './addresses';

/** Sits inside, where nobody from outside may lead the platform, and counts who connects. */
export class Canary {
  /** Connections so far, from whomever. */
  calls = 0;
  private readonly servers: Server[] = [];

  /** @throws StackError where its port is taken */
  async start(): Promise<void> {
    await this.listen('127.0.0.1');
    // A machine without IPv6 has nothing there to be led to.
    await this.listen('::1').catch(() => undefined);
  }

  stop(): void {
    this.servers.forEach((server) => server.close());
  }

  /** How many connect while something is done, and for a moment after it. */
  async during(work: () => Promise<unknown>): Promise<number> {
    const before = this.calls;
    await work().catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    return this.calls - before;
  }

  private listen(host: string): Promise<void> {
    const server = createServer((socket) => {
      this.calls += 1;
      socket.on('error', () => undefined).destroy();
    });
    return new Promise((resolve, reject) => {
      const taken = (): void => reject(new StackError(`The attack listens on port ${CANARY_PORT}, which is taken.`));
      server.once('error', taken).listen(CANARY_PORT, host, () => {
        this.servers.push(server);
        resolve();
      });
    });
  }
}
