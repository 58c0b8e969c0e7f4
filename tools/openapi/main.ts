import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import 'reflect-metadata';
import { derivedFiles } from './documents';

const checkout = process.cwd();

/** Writes the derived files; with `--check` only says which of them are stale. */
async function main(check: boolean): Promise<number> {
  const files = await derivedFiles();
  const stale = files.filter(({ path, text }) => !isCurrent(join(checkout, path), text));
  for (const { path, text } of stale) {
    if (!check) write(resolve(checkout, path), text);
    process.stdout.write(check ? `${path} is stale: run npm run openapi\n` : `${path} written\n`);
  }
  return check && stale.length > 0 ? 1 : 0;
}

const isCurrent = (file: string, text: string): boolean => existsSync(file) && readFileSync(file, 'utf8') === text;

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

void main(process.argv.includes('--check')).then((code) => process.exit(code));
