import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readJson, writeFileSafely, writeJson } from './files';

describe('files of the stack', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'files-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('come back as they were written, in folders made on the way', () => {
    const file = join(folder, 'a/b.json');
    writeJson(file, { ports: { nats: 1 } });
    expect(readJson(file)).toEqual({ ports: { nats: 1 } });
  });

  it('leave nothing beside them', () => {
    writeFileSafely(join(folder, 'text'), 'one');
    writeFileSafely(join(folder, 'text'), 'two');
    expect(readdirSync(folder)).toEqual(['text']);
  });

  it('are closed to others when they hold secrets', () => {
    const file = join(folder, 'secret');
    writeFileSafely(file, 'x', 0o600);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('count as absent when they are missing or torn', () => {
    const torn = join(folder, 'torn.json');
    writeFileSync(torn, '{"ports":');
    expect(readJson(torn)).toBeUndefined();
    expect(readJson(join(folder, 'none.json'))).toBeUndefined();
  });
});
