import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '@open-cpo/platform';
import { nameOf } from './console';
import { DeskConfig } from './desk-config';

describe('where operators sit', () => {
  it('is this machine when nothing is said', () => {
    expect(readConfig(DeskConfig, {})).toMatchObject({ natsUrl: 'nats://127.0.0.1:4222' });
  });

  it('is told by variables and by mounted secrets', () => {
    const folder = mkdtempSync(join(tmpdir(), 'desk-'));
    writeFileSync(join(folder, 'nats-password'), 'secret\n');
    const env = { NATS_URL: 'nats://nats:4222', NATS_USER: 'operator', OPERATOR_NAME: 'amina' };
    expect(readConfig(DeskConfig, { ...env, NATS_PASSWORD_FILE: join(folder, 'nats-password') })).toMatchObject({
      natsUrl: 'nats://nats:4222',
      natsUser: 'operator',
      natsPassword: 'secret',
      operatorName: 'amina',
    });
    rmSync(folder, { recursive: true });
  });
});

describe('the name in the audit log', () => {
  it('is what was said, else who is logged in', () => {
    expect(nameOf('amina')).toBe('amina');
    expect(nameOf(undefined, () => ({ username: 'root' }))).toMatch(/^root@/);
  });

  it('is the number of a user who has no name, as in a container', () => {
    const nobody = (): never => {
      throw new Error('uv_os_get_passwd returned ENOENT');
    };
    expect(nameOf(undefined, nobody)).toMatch(new RegExp(`^uid ${process.getuid?.()}@`));
  });
});
