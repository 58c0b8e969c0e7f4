import { type DynamicModule, type INestApplicationContext, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { AsyncMicroserviceOptions } from '@nestjs/microservices';
import { EventsModule } from '@open-cpo/events';
import { Broker, Bus, MessagingModule, NatsServer } from '@open-cpo/messaging';
import { Health, Log, PlatformModule, ProcessConfig, readConfig } from '@open-cpo/platform';
import type { TestBroker } from './broker';
import { until } from './until';

export interface TestServiceOptions {
  readonly broker: TestBroker;
  /** The app's module. */
  readonly module: Type | DynamicModule;
  /** What the module's configuration is; by default that of a process without a database. */
  readonly config?: ProcessConfig;
  /** For modules that do not import `MessagingModule` themselves: the resources whose operations they serve. */
  readonly serves?: readonly object[];
  /** Where the service writes its log; nowhere by default. */
  readonly log?: Log;
  /** Name of the service, where `serves` is given. */
  readonly name?: string;
  /** Whether to wait until it takes requests (the default). */
  readonly ready?: boolean;
}

export interface TestService {
  /** A client with a connection of its own. */
  readonly bus: Bus;
  readonly app: INestMicroservice;
  /** Readiness off, drained, closed: what SIGTERM does to a service. */
  stop(): Promise<void>;
}

class Root {}

/** Configuration of a process that talks to a test's broker. `env`: further variables, such as `DATABASE_URL`. */
export function testConfig<T extends ProcessConfig>(
  Config: new () => T,
  broker: TestBroker,
  env: NodeJS.ProcessEnv = {},
): T {
  const defaults = { NODE_ENV: 'test', LOG_LEVEL: 'silent', REDIS_URL: 'redis://127.0.0.1:1' };
  return readConfig(Config, { ...defaults, NATS_URL: broker.url, ...env });
}

/** Boots a service as `startService` does, in this process, and a client that asks it through the broker. */
export async function startTestService(options: TestServiceOptions): Promise<TestService> {
  const app = await startTestApp(options);
  const client = await startTestClient(options.broker);
  const stop = async (): Promise<void> => {
    await stopTestApp(app);
    await client.stop();
  };
  return { bus: client.bus, app, stop };
}

/** Boots a service alone, for tests that run several replicas of it. */
export async function startTestApp(options: TestServiceOptions): Promise<INestMicroservice> {
  const { broker, module, serves, name = 'test', ready = true } = options;
  const config = options.config ?? testConfig(ProcessConfig, broker);
  const messaging = serves ? [MessagingModule.forRoot({ service: name, serves }), EventsModule] : [];
  const imports = [PlatformModule.forRoot(config, name, options.log), ...messaging, module];
  const app = await NestFactory.createMicroservice<AsyncMicroserviceOptions>(
    { module: Root, imports },
    {
      logger: false,
      abortOnError: false,
      inject: [NatsServer],
      useFactory: (strategy: NatsServer) => ({ strategy }),
    },
  );
  try {
    await app.listen();
    await app.get(Health).watch();
    if (ready) await untilReady(app);
    return app;
  } catch (error) {
    await stopTestApp(app);
    throw error;
  }
}

/** Ends a service as SIGTERM does. */
export async function stopTestApp(app: INestMicroservice): Promise<void> {
  app.get(Health).end();
  await app.close();
}

/** A client of the test's broker with a connection of its own; `app` gives the rest of the messaging library. */
export async function startTestClient(
  broker: TestBroker,
  env: NodeJS.ProcessEnv = {},
): Promise<{ bus: Bus; app: INestApplicationContext; stop: () => Promise<void> }> {
  const config = testConfig(ProcessConfig, broker, env);
  const imports = [
    PlatformModule.forRoot(config, 'client'),
    MessagingModule.forRoot({ service: 'client' }),
    EventsModule,
  ];
  const app = await NestFactory.createApplicationContext({ module: Root, imports }, { logger: false });
  await until(() => app.get(Broker).connected, 'a connection to the broker');
  return { bus: app.get(Bus), app, stop: () => app.close() };
}

/** Waits until the broker knows what the service listens to. */
async function untilReady(app: INestMicroservice): Promise<void> {
  const health = app.get(Health);
  await until(async () => health.isReady || (await health.ready()).ok, 'the service to be ready');
  await app.get(Broker).flush();
}
