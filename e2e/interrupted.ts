import { connect, createServer, type Server, type Socket } from 'node:net';
import { place } from './client';

/** The gateway as a browser sees it while it is started again: connections end, and new ones are refused meanwhile. */
export interface Interrupted {
  readonly url: string;
  /** Ends all connections and refuses others. */
  cut(): Promise<void>;
  /** Takes connections again, at the same address. */
  restore(): Promise<void>;
}

/** Passes connections on to the gateway. */
export async function interruptedGateway(): Promise<Interrupted> {
  const { hostname, port } = new URL(place('TEST_GATEWAY_URL'));
  const open = new Set<Socket>();
  const forward = (client: Socket): void => {
    const gateway = connect(Number(port), hostname);
    for (const [one, other] of [
      [client, gateway],
      [gateway, client],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy()).on('close', () => (open.delete(one), other.destroy()));
      one.pipe(other);
    }
  };
  let server: Server;
  const listen = (at: number): Promise<number> =>
    new Promise((ready, failed) => {
      server = createServer(forward).once('error', failed);
      server.listen(at, '127.0.0.1', () => ready((server.address() as { port: number }).port));
    });
  const own = await listen(0);
  return {
    url: `http://127.0.0.1:${own}`,
    cut: () =>
      new Promise((closed) => {
        server.close(() => closed());
        for (const socket of open) socket.destroy();
      }),
    restore: async () => void (await listen(own)),
  };
}
