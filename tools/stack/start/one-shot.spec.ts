import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runToEnd, scriptOf } from './one-shot';

describe('a script that runs to its end', () => {
  let checkout: string;
  const script = (code: string): string => {
    writeFileSync(join(checkout, 'dist/apps/auth/src/migrate.js'), code);
    return scriptOf(checkout, 'auth', 'migrate') ?? '';
  };

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'one-shot-'));
    mkdirSync(join(checkout, 'dist/apps/auth/src'), { recursive: true });
  });
  afterEach(() => rmSync(checkout, { recursive: true }));

  it('is found only where the app has one', () => {
    expect(scriptOf(checkout, 'auth', 'demo')).toBeUndefined();
    expect(script('')).toBe(join(checkout, 'dist/apps/auth/src/migrate.js'));
  });

  it('gets its environment and nothing else', async () => {
    const code = `require('fs').writeFileSync('seen', JSON.stringify(process.env))`;
    await runToEnd(script(code), checkout, { DATABASE_URL: 'x' });
    expect(JSON.parse(readFileSync(join(checkout, 'seen'), 'utf8'))).toMatchObject({ DATABASE_URL: 'x' });
    expect(readFileSync(join(checkout, 'seen'), 'utf8')).not.toContain('JEST_WORKER_ID');
  });

  it('shows what it wrote when it fails', async () => {
    const run = runToEnd(script(`console.log('applying'); throw new Error('no such table')`), checkout, {});
    await expect(run).rejects.toThrow(/migrate\.js failed \(1\):\n[\s\S]*no such table/);
  });
});
