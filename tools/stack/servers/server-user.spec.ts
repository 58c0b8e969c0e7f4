import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { giveTo, reachable, serverUser } from './server-user';

const root = process.getuid?.() === 0;
const itFor = (applies: boolean, name: string, test: () => void): void => {
  if (applies) {
    it(name, test);
  }
};
const passwd = 'root:x:0:0:root:/root:/bin/bash\nnobody:x:65534:65534::/:/bin/false\n';

describe('the user of the servers', () => {
  itFor(root, 'is never root', () => {
    expect(serverUser()?.uid).not.toBe(0);
  });

  itFor(root, 'is postgres when there is one, else nobody', () => {
    expect(serverUser(passwd)).toEqual({ name: 'nobody', uid: 65534, gid: 65534 });
    expect(serverUser(`${passwd}postgres:x:101:104::/:/bin/sh\n`)).toEqual({ name: 'postgres', uid: 101, gid: 104 });
    expect(() => serverUser('root:x:0:0:::')).toThrow('PostgreSQL cannot run as root');
  });

  itFor(!root, 'is whoever typed the command, when that is not root', () => {
    expect(serverUser()).toBeUndefined();
  });

  itFor(root, 'owns a folder with all it holds once it is given it, and reaches only open ones', () => {
    const folder = mkdtempSync(join(tmpdir(), 'given-'));
    mkdirSync(join(folder, 'deep/er'), { recursive: true });
    writeFileSync(join(folder, 'deep/er/file'), '');
    const nobody = serverUser(passwd);
    expect(reachable(folder, nobody)).toBe(false);
    giveTo(nobody, folder);
    expect(statSync(join(folder, 'deep/er/file')).uid).toBe(65534);
    expect(reachable(folder, nobody)).toBe(true);
    rmSync(folder, { recursive: true });
  });

  it('reaches an open folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'open-'));
    chmodSync(folder, 0o755);
    expect(reachable(folder, serverUser())).toBe(true);
    expect(reachable(join(folder, 'missing'), serverUser())).toBe(false);
    rmSync(folder, { recursive: true });
  });
});
