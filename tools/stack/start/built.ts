import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What names the sources of the build that runs, as `tools/bootstrap` keeps it; nothing where it does not. */
export function builtFrom(checkout: string): string | undefined {
  const stamp = join(checkout, 'dist', '.built');
  return existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
}
