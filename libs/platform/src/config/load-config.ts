import { environment } from './environment';
import { ConfigError, readConfig } from './read-config';

/** Reads an app's configuration; when it is not usable, prints all that is wrong with it and ends the process. */
export function loadConfig<T extends object>(Config: new () => T, env: NodeJS.ProcessEnv = environment()): T {
  try {
    return readConfig(Config, env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
