import { setting } from '../environment';
import { isFree } from '../ports';
import { StackError } from '../terminal';

/** The port that the gateway will have: PORT, else 3000. */
export async function gatewayPort(host = setting('HOST') ?? '127.0.0.1'): Promise<number> {
  const wanted = setting('PORT') ?? '3000';
  const port = Number(wanted);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new StackError(`PORT must be a number of 1 to 65535, not "${wanted}".`);
  }
  // Somebody who listens on all addresses takes the port of each of them in practice.
  if (!(await isFree(port, host)) || !(await isFree(port, '0.0.0.0'))) {
    throw new StackError(`Port ${port} is taken by another program. Choose another one: PORT=${port + 1} npm start`);
  }
  return port;
}
