import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Log, PlatformModule, readConfig } from '@open-cpo/platform';
// The documents are made from the gateway's own routes.
// eslint-disable-next-line @nx/enforce-module-boundaries -- a tool over one app, not a library that depends on it
import { adapter, AppModule, GatewayConfig, openApiDocument, declaredRoutes } from '../../apps/gateway/src';
import { derivedFiles as brokerFiles } from '../broker/derived-files';
import { landedMigrations } from '../lint/landed';
import { landedPayloads } from '../lint/payloads';
import { kubernetesRules } from '../observability/kubernetes-rules';
import { errorPage } from './error-page';

export { declaredRoutes };

/** A derived file: its path in the checkout, and what belongs into it. */
export interface DerivedFile {
  readonly path: string;
  readonly text: string;
}

class Root {}

/** The OpenAPI document as JSON. The gateway is only looked at: nothing of it is made, connected or listening. */
export async function openApiText(): Promise<string> {
  const nowhere = { NATS_URL: 'nats://127.0.0.1:1', REDIS_URL: 'redis://127.0.0.1:1' };
  const config = readConfig(GatewayConfig, nowhere);
  const log = Log.to({ service: 'openapi', level: 'silent' });
  const root = { module: Root, imports: [PlatformModule.forRoot(config, 'openapi', log), AppModule] };
  const options = { preview: true, abortOnError: false, logger: false } as const;
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter(config), options);
  return `${JSON.stringify(openApiDocument(app), undefined, 2)}\n`;
}

/** Every committed file that is written from the code. */
export async function derivedFiles(): Promise<DerivedFile[]> {
  return [
    { path: 'openapi.json', text: await openApiText() },
    { path: 'docs/errors.md', text: errorPage() },
    ...brokerFiles(),
    kubernetesRules(process.cwd()),
    landedMigrations(process.cwd()),
    landedPayloads(process.cwd()),
  ];
}
