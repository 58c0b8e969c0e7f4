import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { places } from './places';
import { StateFile } from './start/state';
import { runTool } from './tool';

const NAMES = ['NATS_URL', 'NATS_USER', 'PUBLIC_URL', 'CHARGERS_URL'] as const;
const PROGRAM = `require('node:fs').writeFileSync('env.json', JSON.stringify(process.env))`;

describe('a tool in a checkout whose platform runs', () => {
  let checkout: string;
  beforeAll(() => {
    checkout = mkdtempSync(join(tmpdir(), 'tool-'));
    const addresses = { natsUrl: 'nats://127.0.0.1:4', redisUrl: '', databaseAdminUrl: '' };
    new StateFile(places(checkout).home).update({ ports: { gateway: 1, chargers: 2 }, addresses, ownBroker: true });
    for (const name of ['operator', 'charger', 'bench', 'attack', 'faults']) {
      const folder = join(checkout, 'dist/tools', name);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'main.js'), PROGRAM);
    }
  });
  afterAll(() => rmSync(checkout, { recursive: true }));

  const given = (name: string): (string | undefined)[] => {
    expect(runTool(checkout, name, [])).toBe(0);
    const env = JSON.parse(readFileSync(join(checkout, 'env.json'), 'utf8')) as NodeJS.ProcessEnv;
    return NAMES.map((one) => env[one]);
  };

  it.each(['operator', 'charger'])('works on it: %s', (name) => {
    expect(given(name)).toEqual(['nats://127.0.0.1:4', 'operator', 'http://localhost:1', 'ws://localhost:2/ocpp']);
  });

  it.each(['bench', 'attack', 'faults'])(
    'does not get its addresses where it starts a platform of its own: %s',
    (name) => {
      expect(given(name)).toEqual(NAMES.map(() => undefined));
    },
  );
});
