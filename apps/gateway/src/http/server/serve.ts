import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Booted, Log } from '@open-cpo/platform';
import type { GatewayConfig } from '../../config';
import { drainOf } from './drain';
import { adapter, furnish } from './fastify';

/** Makes the gateway and has it listen. At a shutdown signal it goes on answering until load balancers have noticed. */
export async function serve(
  root: DynamicModule,
  config: GatewayConfig,
  log: Log,
): Promise<Booted & { app: NestFastifyApplication }> {
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter(config), {
    logger: log,
    abortOnError: false,
    bodyParser: false,
  });
  await furnish(app, config);
  await app.listen(config.port, config.host);
  return { app, drain: drainOf(app.getHttpServer(), config.drainDelay) };
}
