import { join } from 'node:path';
import { environment } from '@open-cpo/platform';

/** The environment for a program of a Debian package that is unpacked in a folder: its libraries are beside it. */
export function packaged(program: string, env: NodeJS.ProcessEnv = environment()): NodeJS.ProcessEnv {
  const [usr = '/usr/'] = /^.*\/usr\//.exec(program) ?? [];
  const libraries = join(usr, 'lib/x86_64-linux-gnu');
  return { ...env, LD_LIBRARY_PATH: [env.LD_LIBRARY_PATH, libraries].filter(Boolean).join(':') };
}
