import { plainToInstance } from 'class-transformer';
import { getMetadataStorage, validateSync, type ValidationError } from 'class-validator';
import { environmentName, rawValue } from './raw-value';
import { typed } from './typed-value';

/** Everything that is wrong with a configuration, at once. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
  }
}

const settingsOf = (Config: new () => object): string[] => {
  const rules = getMetadataStorage().getTargetValidationMetadatas(Config, '', true, false);
  return [...new Set(rules.map((rule) => rule.propertyName))];
};

/** Values may be secrets: only the rule that failed is printed, never the value. */
const problemsOf = ({ property, constraints }: ValidationError): string[] =>
  Object.values(constraints ?? {}).map((text) => text.replaceAll(property, environmentName(property)));

/**
 * Reads a configuration class from the environment: `healthPort` from `HEALTH_PORT`, or from the file that
 * `HEALTH_PORT_FILE` names. A property is a setting when it has a class-validator decorator.
 * @throws ConfigError with all problems
 */
export function readConfig<T extends object>(Config: new () => T, env: NodeJS.ProcessEnv): T {
  const problems: string[] = [];
  const plain: Record<string, unknown> = {};
  for (const property of settingsOf(Config)) {
    const raw = rawValue(environmentName(property), env, problems);
    if (raw !== undefined) plain[property] = typed(Config, property, raw);
  }
  const config = plainToInstance(Config, plain, { exposeDefaultValues: true });
  problems.push(...validateSync(config, { stopAtFirstError: true }).flatMap(problemsOf));
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}
