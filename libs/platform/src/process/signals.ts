import type { Log } from '../log/log';

let signalled: Promise<NodeJS.Signals> | undefined;

/** The first SIGTERM or SIGINT; further ones change nothing. Services of one process share it. */
export const shutdownSignal = (): Promise<NodeJS.Signals> =>
  (signalled ??= new Promise((resolve) => {
    process.on('SIGTERM', resolve);
    process.on('SIGINT', resolve);
  }));

let watched = false;

/** After an uncaught error the state is unknown: it is logged, and the process ends to be restarted. */
export function exitOnFatal(log: Log): void {
  if (watched) return;
  watched = true;
  const die = (text: string) => (error: unknown) => {
    log.fatal(text, { error });
    process.exit(1);
  };
  process.on('uncaughtException', die('Uncaught exception'));
  process.on('unhandledRejection', die('Unhandled rejection'));
}
