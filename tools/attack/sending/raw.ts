import { connect } from 'node:net';
import { HANG_TIMEOUT_MS } from './client';

export interface RawAnswer {
  /** Statuses of all the answers that came, in order. */
  readonly statuses: readonly number[];
  readonly text: string;
  readonly hung: boolean;
}

/** Sends exactly these bytes, says that there is no more, and reads until the server ends the connection. */
export function sendRaw(url: string, bytes: Buffer): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const done = (hung: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      const statuses = [...text.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status));
      resolve({ statuses, text, hung });
    };
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    const timer = setTimeout(() => done(true), HANG_TIMEOUT_MS);
    socket.setEncoding('utf8').on('data', (part: string) => (text += part));
    socket.on('close', () => done(false)).on('error', () => done(false));
  });
}
