import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Sources of a folder that run in production. */
export function productionSources(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => /\.ts$/.test(file) && !/\.spec\.ts$|spec-helper|\/(test|fixture)\//.test(file))
    .sort();
}
