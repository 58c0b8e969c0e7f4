import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { currentUses } from './current-uses';

describe('what the apps declare of the broker', () => {
  let checkout: string;
  const tool = (text: string): void => {
    mkdirSync(join(checkout, 'dist/tools/broker'), { recursive: true });
    writeFileSync(join(checkout, 'dist/tools/broker/main.js'), text);
  };
  beforeEach(() => {
    checkout = mkdtempSync(join(tmpdir(), 'uses-'));
    mkdirSync(join(checkout, 'dist'));
  });
  afterEach(() => rmSync(checkout, { recursive: true }));

  it('is asked for when the stack starts', () => {
    tool(`process.stdout.write('{"auth":{"calls":[],"watches":[],"consumes":[]}}')`);
    expect(currentUses(checkout)).toEqual({ auth: { calls: [], watches: [], consumes: [] } });
  });

  it('is asked for again when the sources were built again', () => {
    const uses = (service: string) => ({ [service]: { calls: [], watches: [], consumes: [] } });
    writeFileSync(join(checkout, 'dist/.built'), 'one', { flag: 'w' });
    tool(`process.stdout.write('${JSON.stringify(uses('auth'))}')`);
    expect(currentUses(checkout)).toEqual(uses('auth'));
    tool(`process.stdout.write('${JSON.stringify(uses('orders'))}')`);
    expect(currentUses(checkout)).toEqual(uses('auth'));
    writeFileSync(join(checkout, 'dist/.built'), 'two');
    expect(currentUses(checkout)).toEqual(uses('orders'));
  });

  it('is nothing where there are no apps, and an error where it cannot be read', () => {
    expect(currentUses(checkout)).toEqual({});
    tool(`process.stderr.write('broken'); process.exit(1)`);
    expect(() => currentUses(checkout)).toThrow('broken');
  });
});
