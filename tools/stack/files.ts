import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The parsed file, or undefined when it is missing or torn. */
export function readJson<T>(file: string): T | undefined {
  try {
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined;
  } catch {
    return undefined;
  }
}

/** Writes beside and renames, so that a reader never sees half a file. */
export function writeFileSafely(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.new`;
  writeFileSync(beside, text, { mode });
  renameSync(beside, file);
}

/** JSON of a value, written safely. */
export function writeJson(file: string, value: unknown, mode = 0o644): void {
  writeFileSafely(file, `${JSON.stringify(value, null, 2)}\n`, mode);
}
