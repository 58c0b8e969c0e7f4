import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StateFile } from './state';

describe('what a stack remembers', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'state-'))));
  afterEach(() => rmSync(home, { recursive: true }));

  it('is nothing at first', () => {
    expect(new StateFile(home).value).toEqual({ ports: {}, demo: [], processes: [] });
  });

  it('is there at the next start, each part by itself', () => {
    const first = new StateFile(home);
    first.update({ ports: { nats: 4222 } });
    first.update({ demo: ['auth'] });
    expect(new StateFile(home).value).toEqual({ ports: { nats: 4222 }, demo: ['auth'], processes: [] });
  });

  it('is readable by its owner alone, because addresses hold passwords', () => {
    new StateFile(home).update({ demo: [] });
    expect(statSync(join(home, 'state.json')).mode & 0o777).toBe(0o600);
  });

  it('is nothing when the file is torn', () => {
    writeFileSync(join(home, 'state.json'), '{"ports"');
    expect(new StateFile(home).value.ports).toEqual({});
  });
});
