import { readFileSync } from 'node:fs';

/** `healthPort` -> `HEALTH_PORT`. */
export const environmentName = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** An empty variable counts as absent: that is how compose files and shells leave one out. */
const present = (text: string | undefined): string | undefined =>
  text === undefined || text === '' ? undefined : text;

/** The value of a variable, or what is in the file that `<NAME>_FILE` names: secrets are mounted that way. */
export function rawValue(name: string, env: NodeJS.ProcessEnv, problems: string[]): string | undefined {
  const value = present(env[name]);
  const file = present(env[`${name}_FILE`]);
  if (value !== undefined || file === undefined) return value;
  try {
    return present(readFileSync(file, 'utf8').replace(/\r?\n$/, ''));
  } catch (error) {
    problems.push(`${name}_FILE names a file that cannot be read (${(error as NodeJS.ErrnoException).code})`);
    return undefined;
  }
}
