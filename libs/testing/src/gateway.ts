import { type DynamicModule, type INestApplicationContext, type INestMicroservice, type Type } from '@nestjs/common';
import { Broker } from '@open-cpo/messaging';
import { Health, Log, PlatformModule, type ProcessConfig } from '@open-cpo/platform';
import type { TestBroker } from './broker';
import { TestAuth } from './gateway/auth';
import { AuthModule } from './gateway/auth-handlers';
import { sessions } from '@open-cpo/contracts';
import { startTestApp, stopTestApp, testConfig } from './service';
import { until } from './until';

/** The gateway's own parts, which a test passes in: libraries know no app. */
export interface GatewayParts<C extends ProcessConfig> {
  readonly AppModule: Type | DynamicModule;
  readonly GatewayConfig: new () => C;
  serve(root: DynamicModule, config: C, log: Log): Promise<{ app: INestApplicationContext }>;
}

export interface TestGatewayOptions<C extends ProcessConfig> {
  readonly broker: TestBroker;
  readonly gateway: GatewayParts<C>;
  /** `TEST_REDIS_URL`; without one revocations come by event alone. */
  readonly redisUrl?: string;
  /** Further variables of the gateway. */
  readonly env?: NodeJS.ProcessEnv;
  /** Signs tokens and knows users; pass the one of another gateway to have both share it. */
  readonly auth?: TestAuth;
  /** Whether to answer for auth on the broker (the default); not where the real one or another gateway's does. */
  readonly answersForAuth?: boolean;
  readonly log?: Log;
}

export interface TestGateway {
  readonly url: string;
  readonly auth: TestAuth;
  readonly app: INestApplicationContext;
  /** Takes auth off the broker, as a crash does; `startAuth` brings it back. */
  stopAuth(): Promise<void>;
  startAuth(): Promise<void>;
  stop(): Promise<void>;
}

class Root {}

/** Boots the real gateway in this process, on a free port, and a stand-in for auth that answers what gateways ask. */
export async function startTestGateway<C extends ProcessConfig>(options: TestGatewayOptions<C>): Promise<TestGateway> {
  const { broker, gateway, redisUrl, env = {}, auth = new TestAuth(), answersForAuth = true } = options;
  let service: INestMicroservice | undefined;
  const startAuth = async (): Promise<void> => {
    service = await startTestApp({ broker, module: AuthModule.of(auth), serves: [sessions], name: 'auth' });
    auth.useConnection(service.get(Broker).connection());
  };
  const stopAuth = async (): Promise<void> => {
    if (service) await stopTestApp(service);
    service = undefined;
  };
  if (answersForAuth) await startAuth();
  // Tests write into databases directly, which invalidates no cache.
  const usual = { PORT: '0', HOST: '127.0.0.1', CACHE_MAX_AGE: '0', SHED_DELAY: '60000' };
  const variables = { ...usual, ...(redisUrl ? { REDIS_URL: redisUrl } : {}), ...env };
  const config = testConfig(gateway.GatewayConfig, broker, variables);
  const imports = [PlatformModule.forRoot(config, 'gateway', options.log), gateway.AppModule];
  const { app } = await gateway.serve({ module: Root, imports }, config, options.log ?? silentLog());
  await until(() => app.get(Broker).connected, 'a connection to the broker');
  await app.get(Broker).flush();
  const url = await (app as unknown as { getUrl(): Promise<string> }).getUrl();
  const stop = async (): Promise<void> => {
    app.get(Health).end();
    await app.close();
    await stopAuth();
  };
  return { url, auth, app, startAuth, stopAuth, stop };
}

const silentLog = (): Log => Log.to({ service: 'gateway', level: 'silent' });
