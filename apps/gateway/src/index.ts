/** What starts the gateway inside another process: tests, and the tool that writes its documents. */
export { AppModule } from './app.module';
export { GatewayConfig } from './config';
export { answerTo } from './http/answers/refusals';
export { openApiDocument } from './http/openapi/document';
export { adapter, serve } from './http/server/serve';
export { declaredRoutes, isSafe, pathOf } from './http/route';
