import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { natsValues } from '../../broker/nats-values';
import { parse } from 'yaml';
import { StackError } from '../terminal';
import { backEndsOfSetting } from './back-ends';
import { backEndAccount } from './users';

const script = resolve(__dirname, '../../../deploy/compose/back-ends.mjs');
const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });

describe('charging back ends with credentials of their own', () => {
  it('are named by a setting', () => {
    expect(backEndsOfSetting('acme, volta acme')).toEqual(['acme', 'volta']);
    expect(backEndsOfSetting('')).toEqual([]);
    expect(() => backEndsOfSetting('acme.volta')).toThrow(StackError);
  });

  it('are the same accounts in what is deployed', () => {
    const { status, stdout } = run('acme', 'volta');
    expect(status).toBe(0);
    const expected: unknown = parse(natsValues(['acme', 'volta'].map(backEndAccount)));
    expect(JSON.parse(stdout)).toEqual(expected);
    expect(run('--conf', 'acme').stdout).toContain('"password":$CHARGING_ACME_NATS_PASSWORD,');
    expect(run('Ac.me').status).toBe(1);
  });
});
