import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { reachable, serverUser, type ServerUser } from './servers/server-user';
import { say, StackError } from './terminal';

/** Where one stack keeps what it needs. */
export interface Places {
  readonly checkout: string;
  /** Below the checkout: lock, ports, secrets, mails. */
  readonly home: string;
  /** Readable by the user of the servers: their data. */
  readonly servers: string;
  /** Unpacked Debian packages, shared by all stacks of the checkout and kept for ever. */
  readonly packages: string;
  readonly user: ServerUser | undefined;
}

/** The folders of a stack (`name` empty for the one of `npm start`), created as needed. */
export function places(checkout: string, name = ''): Places {
  const data = join(checkout, '.data');
  const home = join(data, name);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  const user = serverUser();
  if (reachable(data, user)) {
    return { checkout, home, servers: join(home, 'servers'), packages: join(data, 'packages'), user };
  }
  const outside = outsideFolder(checkout);
  say(`The user "${user?.name}" cannot reach ${data}; server data is kept in ${outside}.`);
  return { checkout, home, servers: join(outside, name, 'servers'), packages: join(outside, 'packages'), user };
}

function outsideFolder(checkout: string): string {
  const hash = createHash('sha256').update(checkout).digest('hex').slice(0, 10);
  const folder = `/var/tmp/open-cpo-${hash}`;
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const found = lstatSync(folder);
  // /var/tmp is open to everybody: a folder that somebody else prepared must not be trusted.
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new StackError(`${folder} belongs to somebody else; remove it and start again.`);
  }
  return folder;
}
