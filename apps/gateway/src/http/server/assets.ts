import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `apps/gateway/assets`, seen from the sources and from the build alike. */
export function assets(): string {
  for (let folder = __dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const found = join(folder, 'apps/gateway/assets');
    if (existsSync(join(found, 'flags'))) return found;
  }
  throw new Error('The folder apps/gateway/assets is missing.');
}
