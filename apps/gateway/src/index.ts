/** What starts the gateway inside another process: tests, and the tool that writes its documents. */
export { AppModule } from './app.module';
export { GatewayConfig } from './config';
export { answerTo } from './http/answers/refusals';
export { adapter } from './http/server/fastify';
export { openApiDocument } from './http/openapi/document';
export { serve } from './http/server/serve';
export { declaredRoutes } from './http/route';
