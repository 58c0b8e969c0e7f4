import type { Log } from '../log/log';

/** The first SIGTERM or SIGINT; further ones change nothing. */
export const shutdownSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });

/** After what nobody caught the state is unknown: it is written down and the process ends, to be started anew. */
export function exitOnFatal(log: Log): void {
  const die = (text: string) => (error: unknown) => {
    log.fatal(text, { error });
    process.exit(1);
  };
  process.on('uncaughtException', die('Uncaught exception'));
  process.on('unhandledRejection', die('Unhandled rejection'));
}
