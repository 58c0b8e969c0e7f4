import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { addExamples, type Schema } from './schemas';
import { addResponses, HEADERS } from './responses';
import { refusalSchemas } from './refused';
import { TAGS } from './tags';
import { liftExamples, mergeIdentical, nameBodies, nullsAsTypes, operationsOf, shareRefusals } from './rework';

const ABOUT = `The HTTP API of the platform for charge point owners.

Every request but those open to everybody carries \`Authorization: Bearer <token>\`. Integrations may send an \`API-KEY\`
of the same account beside it. Writes may carry an \`Idempotency-Key\`: for 24 hours the same key with the same request
gets the first answer again, marked with the header \`Idempotent-Replayed\`. Bodies are JSON or form-encoded. Every answer
carries \`X-Request-Id\`; refusals also carry \`X-Error-Code\`.`;

type Paths = Parameters<typeof mergeIdentical>[0];

/** The OpenAPI document, made from the declared routes alone. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Open CPO')
    .setDescription(ABOUT)
    .setVersion('1.0.0')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .setOpenAPIVersion('3.1.0')
    .addServer('/', 'This gateway')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, 'bearer')
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    autoTagControllers: false,
    operationIdFactory: (controller, method) => operationId(controller.replace(/(Commands)?Controller$/, ''), method),
  });
  return nullsAsTypes(reworked(document)) as OpenAPIObject;
}

/** `chargePointsTable`: what generated clients call it. `ChargersCommandsController` is of chargers as well. */
const operationId = (resource: string, method: string): string =>
  resource.charAt(0).toLowerCase() + resource.slice(1) + method.charAt(0).toUpperCase() + method.slice(1);

/** The shared headers that something refers to. */
function usedIn(rest: object): object {
  const text = JSON.stringify(rest);
  return Object.fromEntries(Object.entries(HEADERS).filter(([name]) => text.includes(`#/components/headers/${name}"`)));
}

/** What the generator leaves to be done: one item a URL pattern, refusals said once, tags listed. */
function reworked(document: OpenAPIObject): object {
  addResponses(document.paths as unknown as Paths);
  const paths = mergeIdentical(document.paths as unknown as Paths);
  const responses = shareRefusals(paths);
  const used = [...new Set(operationsOf(paths).flatMap(({ tags }) => tags as string[]))].sort();
  const described = new Map(Object.values(TAGS));
  const tags = used.map((name) => ({ name, description: described.get(name) }));
  const operations = operationsOf(paths);
  const models = { ...document.components?.schemas, ...refusalSchemas() } as Record<string, Schema>;
  const schemas = { ...models, ...nameBodies(operations, models) };
  addExamples(operations, schemas);
  liftExamples(operations);
  return {
    ...document,
    tags,
    paths,
    components: { ...document.components, schemas, responses, headers: usedIn({ paths, responses }) },
  };
}
