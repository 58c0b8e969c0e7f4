import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';

const ABOUT = `The HTTP API of the platform for charge point owners.

Every request but those open to everybody carries \`Authorization: Bearer <token>\`. Writes may carry an
\`Idempotency-Key\`: for 24 hours the same key with the same request gets the first answer again, marked with the header
\`Idempotent-Replayed\`. Every answer carries \`X-Request-Id\`; refusals also carry \`X-Error-Code\`.`;

/** The OpenAPI document, made from the declared routes alone. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Open CPO')
    .setDescription(ABOUT)
    .setVersion('1.0.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setOpenAPIVersion('3.0.3')
    .addServer('/', 'This gateway')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  return document;
}
