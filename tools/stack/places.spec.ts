import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { places } from './places';

/** Only root hands the servers to another user. */
const asRoot = (name: string, test: () => void): void => {
  if (process.getuid?.() === 0) {
    it(name, test);
  }
};

describe('the folders of a stack', () => {
  let checkout: string;
  let outside: string | undefined;
  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'places-'));
    chmodSync(checkout, 0o755);
  });
  afterEach(() => {
    rmSync(checkout, { recursive: true });
    if (outside) {
      rmSync(outside, { recursive: true });
    }
  });

  it('are inside the checkout, and packages are shared by its stacks', () => {
    const main = places(checkout);
    const test = places(checkout, 'runs/1');
    expect(main).toMatchObject({ home: join(checkout, '.data'), servers: join(checkout, '.data/servers') });
    expect(test).toMatchObject({
      home: join(checkout, '.data/runs/1'),
      servers: join(checkout, '.data/runs/1/servers'),
    });
    expect(test.packages).toBe(main.packages);
    expect(existsSync(test.home)).toBe(true);
  });

  asRoot('move below /var/tmp when the user of the servers cannot reach the checkout', () => {
    chmodSync(checkout, 0o700);
    const found = places(checkout, 'runs/1');
    outside = found.packages.replace(/\/packages$/, '');
    expect(outside).toMatch(/^\/var\/tmp\/open-cpo-[0-9a-f]{10}$/);
    expect(found.servers).toBe(join(outside, 'runs/1/servers'));
    expect(found.home).toBe(join(checkout, '.data/runs/1'));
  });
});
