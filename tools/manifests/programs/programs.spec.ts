import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { hasHelm, hasKubectl, run } from './programs';
import { zipEntry } from './zip-entry';

/** An archive of one file, without what readers of the central directory pass over. */
function archive(name: string, text: string): Buffer {
  const content = deflateRawSync(Buffer.from(text));
  const local = Buffer.alloc(30);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.write('PK\x01\x02', 'latin1');
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(content.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt32LE(local.length + name.length + content.length, 16);
  return Buffer.concat([local, Buffer.from(name), content, entry, Buffer.from(name), end]);
}

describe('a file of a ZIP archive', () => {
  it('is unpacked by its name', () => {
    expect(zipEntry(archive('a/helm', 'program '.repeat(100)), 'a/helm').toString()).toBe('program '.repeat(100));
  });

  it.each([
    ['another name', archive('a/helm', 'x'), 'The ZIP archive has no b.'],
    ['no archive', Buffer.from('<html>'), 'This is no ZIP archive.'],
  ])('is not found in %s', (_what, bytes, problem) => {
    expect(() => zipEntry(bytes, 'b')).toThrow(problem);
  });
});

(hasHelm && hasKubectl ? describe : describe.skip)('the programs of Kubernetes', () => {
  it('run, and a failure has what they wrote', () => {
    expect(run('helm', ['version'])).toMatch(/v\d+\.\d+/);
    expect(run('kubectl', ['version', '--client'])).toContain('Kustomize Version');
    expect(() => run('helm', ['template', '/nowhere'])).toThrow(/helm template \/nowhere: .*nowhere/);
  });
});

describe('the tests of manifests', () => {
  it('run the pinned programs, not those of a PATH that need not have them', () => {
    const folder = join(process.cwd(), 'tools/manifests');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    // A developer's cluster is reached by the developer's own.
    const others = files.filter((file) => !file.startsWith('cluster/') && !file.startsWith('programs/'));
    expect(others.length).toBeGreaterThan(30);
    const direct = others.filter((file) =>
      /spawn\w*\(\s*'(kubectl|helm)'/.test(readFileSync(join(folder, file), 'utf8')),
    );
    expect(direct).toEqual([]);
  });
});
