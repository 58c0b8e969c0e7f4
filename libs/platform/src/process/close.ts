import type { INestApplicationContext } from '@nestjs/common';
import type { Log } from '../log/log';

/**
 * Closes an application. NestJS runs the remaining hooks after one that failed, and reports its error to the logger alone.
 * @throws the first error of a hook, after all of them have run
 */
export async function close(app: INestApplicationContext, log: Log): Promise<void> {
  const failures: Error[] = [];
  const error = (message: unknown, ...rest: unknown[]): void => {
    if (message instanceof Error) failures.push(message);
    else log.error(message, ...rest);
  };
  app.useLogger(Object.assign(Object.create(log) as Log, { error }));
  await app.close();
  const [first, ...others] = failures;
  others.forEach((failure) => log.error('Did not end cleanly', { error: failure }));
  if (first) throw first;
}
