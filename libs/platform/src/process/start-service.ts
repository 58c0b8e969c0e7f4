import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AsyncMicroserviceOptions, CustomTransportStrategy } from '@nestjs/microservices';
import type { Log } from '../log/log';
import { startProcess, type Booted, type ProcessOptions } from './start-process';

export interface ServiceOptions extends ProcessOptions {
  /** The transport, a provider of the module; without one the process only works by itself, like a worker. */
  readonly strategy?: Type<CustomTransportStrategy>;
}

/** Starts a service that answers over the broker, or a worker; resolves only by ending the process. */
export const startService = (options: ServiceOptions): Promise<void> =>
  startProcess(options, (root, log) => (options.strategy ? served(root, log, options.strategy) : alone(root, log)));

async function served(root: DynamicModule, log: Log, strategy: Type<CustomTransportStrategy>): Promise<Booted> {
  const app = await NestFactory.createMicroservice<AsyncMicroserviceOptions>(root, {
    logger: log,
    abortOnError: false,
    inject: [strategy],
    useFactory: (instance: CustomTransportStrategy) => ({ strategy: instance }),
  });
  await app.listen();
  return { app };
}

async function alone(root: DynamicModule, log: Log): Promise<Booted> {
  const app = await NestFactory.createApplicationContext(root, { logger: log, abortOnError: false });
  return { app };
}
