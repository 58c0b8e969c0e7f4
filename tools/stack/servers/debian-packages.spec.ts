import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianMirror, debianRelease, sourceLines } from './debian-packages';

describe('where Debian packages come from', () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  const release = (text: string): string | undefined => {
    const file = join(folder, 'os-release');
    writeFileSync(file, text);
    return debianRelease(file);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is the release of the machine', () => {
    expect(release('PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_CODENAME=bookworm\nID=debian\n')).toBe('bookworm');
    expect(release('ID="debian"\nVERSION_CODENAME="trixie"\n')).toBe('trixie');
  });

  it('is nowhere on other systems', () => {
    expect(release('ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n')).toBeUndefined();
    expect(debianRelease(join(folder, 'missing'))).toBeUndefined();
  });

  it.each([
    ['one-line sources', 'deb http://mirror.example/debian bookworm main', 'http://mirror.example/debian'],
    [
      'one-line sources with options',
      'deb [arch=amd64] https://m.example/debian/ bookworm main',
      'https://m.example/debian',
    ],
    [
      'deb822 sources',
      'Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm\n',
      'http://mirror.example/debian',
    ],
    ['foreign sources', 'deb https://deb.nodesource.com/node_20.x nodistro main', 'http://deb.debian.org/debian'],
    [
      'the security archive alone',
      'deb http://x.example/debian-security bookworm-security main',
      'http://deb.debian.org/debian',
    ],
    ['no sources', '', 'http://deb.debian.org/debian'],
  ])('is the mirror of %s', (_, sources, mirror) => {
    expect(debianMirror(sources)).toBe(mirror);
  });

  it('is checked by the keys of Debian, security updates included', () => {
    const lines = sourceLines('bookworm', 'http://m.example/debian').trim().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines.every((line) => line.includes('signed-by=/usr/share/keyrings/debian-archive-keyring.gpg'))).toBe(true);
    expect(lines[2]).toContain('http://m.example/debian-security bookworm-security main');
  });
});
