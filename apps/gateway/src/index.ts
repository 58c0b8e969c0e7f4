/** What starts the gateway inside another process: tests, and the tool that writes its documents. */
export { AppModule } from './app.module';
export { GatewayConfig } from './config';
export { adapter } from './http/server/fastify';
export { openApiDocument } from './http/openapi/document';
export { serve } from './http/server/serve';
