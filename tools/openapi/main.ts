import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import 'reflect-metadata';
import { derivedFiles } from './documents';

const checkout = process.cwd();

/** Writes the derived files, and the types of the client by them; with `--check` only says which of the files are stale. */
async function main(check: boolean): Promise<number> {
  const files = await derivedFiles();
  const stale = files.filter(({ path, text }) => !isCurrent(join(checkout, path), text));
  for (const { path, text } of stale) {
    if (!check) write(resolve(checkout, path), text);
    process.stdout.write(check ? `${path} is stale: run npm run openapi\n` : `${path} written\n`);
  }
  if (check) return stale.length > 0 ? 1 : 0;
  return spawnSync(process.execPath, ['tools/bootstrap/client-types.mjs'], { stdio: 'inherit' }).status ?? 1;
}

const isCurrent = (file: string, text: string): boolean => existsSync(file) && readFileSync(file, 'utf8') === text;

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

void main(process.argv.includes('--check')).then((code) => process.exit(code));
