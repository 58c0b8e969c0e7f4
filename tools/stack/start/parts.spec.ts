import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { together } from './parts';
import { sharedPlans } from './platform';
import type { Plan } from '../supervisor/supervised';

describe('several apps in one process', () => {
  let checkout: string;
  const plan = (name: string, port: number): Plan => ({
    name,
    program: 'node',
    args: ['--flag', `${name}.js`],
    cwd: checkout,
    env: { NAME: name },
    healthUrl: `http://127.0.0.1:${port}`,
  });
  const plans = (): Plan[] => [plan('auth', 1), plan('stations', 2), plan('gateway', 3)];

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'together-'));
    const script = join(checkout, 'dist/tools/stack/start/together.js');
    mkdirSync(dirname(script), { recursive: true });
    writeFileSync(script, '');
  });
  afterEach(() => rmSync(checkout, { recursive: true }));

  it('leaves the gateway alone and is ready when all are', () => {
    const [services, gateway, ...none] = sharedPlans(checkout, plans());
    expect(none).toEqual([]);
    expect(gateway).toEqual(plan('gateway', 3));
    expect(services).toMatchObject({
      name: 'services',
      healthUrl: 'http://127.0.0.1:1',
      furtherHealthUrls: ['http://127.0.0.1:2'],
    });
    expect(JSON.parse(services?.env.TOGETHER ?? '')).toEqual([
      { script: 'auth.js', env: { NAME: 'auth' }, healthUrl: 'http://127.0.0.1:1' },
      { script: 'stations.js', env: { NAME: 'stations' }, healthUrl: 'http://127.0.0.1:2' },
    ]);
  });

  it('is each in its own where the checkout has no such program, or there is one alone', () => {
    expect(sharedPlans(checkout, [plan('auth', 1), plan('gateway', 3)])).toHaveLength(2);
    rmSync(join(checkout, 'dist'), { recursive: true });
    expect(together(checkout, [])).toBeUndefined();
    expect(sharedPlans(checkout, plans())).toEqual(plans());
  });
});
