import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from './compose';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
}

/** The packages that the sources of what runs import. */
function imported(): string[] {
  const files = ['apps', 'libs', 'tools/operator'].flatMap((folder) =>
    readdirSync(join(checkout, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const shipped = files.filter(
    // The dashboard is bundled: images hold none of what it imports.
    (file) => !/\.spec|apps\/dashboard\/|libs\/testing\/|\/(test|fixture)\/|tools\/operator\/restore\//.test(file),
  );
  const names = shipped.flatMap((file) => {
    const text = readFileSync(file, 'utf8').replaceAll(/^import type .*$/gm, '');
    const imports =
      /(?:^import |^(?:import|export|\}).* from |\bimport\(|\brequire(?:\.resolve)?\()'([^.'\s][^'\s]*)'/gm;
    return [...text.matchAll(imports)].map(([, name = '']) => name);
  });
  const packages = names.map((name) =>
    name
      .split('/')
      .slice(0, name.startsWith('@') ? 2 : 1)
      .join('/'),
  );
  const own = /^(node:|@open-cpo\/)/;
  return [...new Set(packages)].filter((name) => !own.test(name) && !builtinModules.includes(name));
}

describe('what production does not ask for', () => {
  let folder: string;
  const has = (name: string): boolean => existsSync(join(folder, 'node_modules', name));

  // What npm would leave with --omit=dev, as empty folders.
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'unneeded-'));
    const lock = join(checkout, 'package-lock.json');
    copyFileSync(lock, join(folder, 'package-lock.json'));
    const { packages } = JSON.parse(readFileSync(lock, 'utf8')) as Lock;
    const kept = Object.entries(packages).filter(([place, { dev }]) => place !== '' && !dev);
    for (const [place] of kept) mkdirSync(join(folder, place), { recursive: true });
    mkdirSync(join(folder, 'node_modules/.bin'));
    symlinkSync('../typescript/bin/tsc', join(folder, 'node_modules/.bin/tsc'));
    symlinkSync('../typeorm', join(folder, 'node_modules/.bin/typeorm'));
    const { status, stderr } = spawnSync(process.execPath, [join(checkout, 'deploy/prune-dependencies.mjs'), folder]);
    expect([status, String(stderr)]).toEqual([0, '']);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is taken away: a compiler and another HTTP framework, which others would use if they were there', () => {
    expect(['typescript', 'express', '@nestjs/platform-express', 'multer'].filter(has)).toEqual([]);
    expect(readdirSync(join(folder, 'node_modules/.bin'))).toEqual(['typeorm']);
  });

  it('is nothing that the sources import', () => {
    const names = imported();
    expect(names).toEqual(expect.arrayContaining(['@nestjs/core', 'pg', 'class-validator', '@node-rs/argon2']));
    expect(names.filter((name) => !has(name))).toEqual([]);
  });

  it('is nothing that those import in turn, nor what is made for this system', () => {
    const deeper = ['fastify', 'pg-protocol', '@nestjs/mapped-types', '@node-rs/argon2-linux-x64-gnu'];
    expect(deeper.filter((name) => !has(name))).toEqual([]);
  });
});
