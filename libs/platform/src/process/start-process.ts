import { type DynamicModule, type INestApplicationContext, type Type } from '@nestjs/common';
import type { ProcessConfig } from '../config/process-config';
import { Health } from '../health/health';
import { HealthServer } from '../health/health-server';
import type { Log } from '../log/log';
import { Metrics } from '../metrics/metrics';
import { PlatformModule, processLog } from '../platform.module';
import { startTracing } from '../tracing/start-tracing';
import { tracing } from '../tracing/tracing';
import { close } from './close';
import { compactOnceQuiet } from './compaction';
import { exitOnFatal, shutdownSignal } from './signals';

export interface ProcessOptions {
  /** Name in the log. */
  readonly name: string;
  readonly config: ProcessConfig;
  readonly module: Type | DynamicModule;
}

/** Makes the application of the root module and has it listen. */
export type Boot = (root: DynamicModule, log: Log) => Promise<Booted>;

export interface Booted {
  readonly app: INestApplicationContext;
  /** Done after readiness is off and before the application closes, e.g. waiting until no new requests come. */
  readonly drain?: () => Promise<void>;
}

class Root {}

/** How many that were started in this process have not ended yet: `npm start` runs several services in one. */
let running = 0;

/**
 * Runs a process from its start to its end: log, health, signals. SIGTERM or SIGINT: not ready, drained, closed, exit 0;
 * what has not ended after `shutdownSeconds` is cut off with exit 1. Uncaught errors are fatal. Called more than once, it
 * exits when the last one has ended.
 */
export async function startProcess(options: ProcessOptions, boot: Boot): Promise<void> {
  const { name, config, module } = options;
  running += 1;
  const log = processLog(config, name);
  exitOnFatal(log);
  const signal = shutdownSignal();
  void signal.then(() => cutOff(log, config.shutdownSeconds));
  try {
    startTracing(config, name);
    const booted = await boot({ module: Root, imports: [PlatformModule.forRoot(config, name, log), module] }, log);
    const health = booted.app.get(Health);
    const metrics = booted.app.get(Metrics);
    metrics.watchProcess();
    const server = new HealthServer(health, metrics);
    const port = await server.listen(config.healthPort, config.host);
    await health.watch();
    log.log('Started', { healthPort: port, ready: health.isReady });
    compactOnceQuiet();
    log.log('Ending', { signal: await signal });
    await end(booted, health, server, log);
  } catch (error) {
    log.fatal('Could not start', { error });
    process.exit(1);
  }
}

/** Runs from the signal on, whatever the process is at: one that hangs at its start must be able to end, too. */
function cutOff(log: Log, seconds: number): void {
  setTimeout(() => {
    log.error('Not ended in time', { seconds });
    process.exit(1);
  }, seconds * 1000).unref();
}

async function end(booted: Booted, health: Health, server: HealthServer, log: Log): Promise<void> {
  health.end();
  try {
    await booted.drain?.();
    await close(booted.app, log);
    await server.close();
    if (running === 1) await tracing()?.stop();
    log.log('Ended');
  } catch (error) {
    log.error('Did not end cleanly', { error });
    process.exitCode = 1;
  }
  running -= 1;
  if (running === 0) process.exit();
}
