import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const source = resolve(__dirname, '../..');
const SCRIPT = 'tools/bootstrap/client-types.mjs';
const TYPES = 'libs/client/src/schema.ts';

describe('the types of the client', () => {
  let checkout: string;
  const document = (path: string): void => {
    const get = { responses: { 204: { description: 'Done' } } };
    const info = { title: 'Test', version: '1' };
    writeFileSync(
      join(checkout, 'openapi.json'),
      JSON.stringify({ openapi: '3.1.0', info, paths: { [path]: { get } } }),
    );
  };
  const made = (): string => {
    const { status, stderr } = spawnSync(process.execPath, [join(checkout, SCRIPT)], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return readFileSync(join(checkout, TYPES), 'utf8');
  };

  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'client-types-'));
    for (const folder of ['tools/bootstrap', 'libs/client/src']) mkdirSync(join(checkout, folder), { recursive: true });
    cpSync(join(source, SCRIPT), join(checkout, SCRIPT));
    symlinkSync(join(source, 'node_modules'), join(checkout, 'node_modules'));
    document('/api/first');
  });
  afterEach(() => rmSync(checkout, { recursive: true }));

  it('are made from the document, and again only when it changed', () => {
    const first = made();
    expect(first).toContain('"/api/first"');
    const { mtimeMs } = statSync(join(checkout, TYPES));
    made();
    expect(statSync(join(checkout, TYPES)).mtimeMs).toBe(mtimeMs);
    document('/api/second');
    expect(made()).toContain('"/api/second"');
  });

  it('are made again where only a part was written', () => {
    const whole = made();
    truncateSync(join(checkout, TYPES), 200);
    expect(made()).toBe(whole);
  });
});
