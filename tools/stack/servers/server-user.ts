import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The operating system user that the servers run as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** PostgreSQL refuses to run as root, so root hands the servers to an unprivileged user; anybody else runs them as themselves. */
export function serverUser(passwd = readFileSync('/etc/passwd', 'utf8')): ServerUser | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  for (const wanted of ['postgres', 'nobody']) {
    const fields = passwd
      .split('\n')
      .map((line) => line.split(':'))
      .find(([name]) => name === wanted);
    if (fields) {
      return { name: wanted, uid: Number(fields[2]), gid: Number(fields[3]) };
    }
  }
  throw new Error('Neither the user "postgres" nor "nobody" exists: PostgreSQL cannot run as root.');
}

/** Whether that user can walk into the folder; a checkout below /root usually is closed to others. */
export function reachable(folder: string, user: ServerUser | undefined): boolean {
  const ids = user ? { uid: user.uid, gid: user.gid } : {};
  return spawnSync('test', ['-x', folder], { ...ids, cwd: '/' }).status === 0;
}

/** Gives a folder and all it holds to the user, and to nobody else. */
export function giveTo(user: ServerUser | undefined, folder: string): void {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  for (const path of [folder, ...entries.map((entry) => join(entry.parentPath, entry.name))]) {
    if (user) chownSync(path, user.uid, user.gid);
    chmodSync(path, statSync(path).mode & 0o700);
  }
}
