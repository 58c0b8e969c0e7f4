import type { Log } from '../log/log';

/** The first SIGTERM or SIGINT; further ones change nothing. */
export const shutdownSignal = (): Promise<NodeJS.Signals> =>
  new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  });

/** After an uncaught error the state is unknown: it is logged, and the process ends to be restarted. */
export function exitOnFatal(log: Log): void {
  const die = (text: string) => (error: unknown) => {
    log.fatal(text, { error });
    process.exit(1);
  };
  process.on('uncaughtException', die('Uncaught exception'));
  process.on('unhandledRejection', die('Unhandled rejection'));
}
