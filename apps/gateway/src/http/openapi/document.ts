import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { addExamples, type Schema } from './schemas';
import { addResponses, HEADERS } from './responses';
import { refusalSchemas } from './refused';
import { liftExamples, mergeIdentical, nameBodies, nullsAsTypes, operationsOf, shareRefusals } from './rework';

const ABOUT = `The HTTP API of the platform for charge point owners.

Every request but those open to everybody carries \`Authorization: Bearer <token>\`. Integrations may send an \`API-KEY\`
of the same account beside it. Writes may carry an \`Idempotency-Key\`: for 24 hours the same key with the same request
gets the first answer again, marked with the header \`Idempotent-Replayed\`. Bodies are JSON or form-encoded. Every answer
carries \`X-Request-Id\`; refusals also carry \`X-Error-Code\`.`;

/** What resources are, where their name does not say it. */
const TAGS: Record<string, string> = {
  accounts: 'Registration, login, verification and password reset.',
  users: 'The current user: own data, permissions, roles, subscription.',
  members: 'Users who share an account, and their roles.',
  'api keys': 'Keys of integrations, each for one account.',
  'charge points': 'Power centers: where vehicles charge.',
  chargers: 'Chargers that speak OCPP with the platform.',
  commands: 'Commands to chargers, and their results.',
  exports: 'Power centers, orders and feedback as spreadsheets, at once or later.',
  webhooks: 'Endpoints that receive events, and the deliveries to them.',
  feed: 'Events of an account, as they happen.',
  categories: 'Names and colours that group the power centers of an account.',
};

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
    operationIdFactory: (controller, method) => operationId(controller.replace(/Controller$/, ''), method),
  });
  return nullsAsTypes(reworked(document)) as OpenAPIObject;
}

/** `chargePointsTable`: what generated clients call it. */
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
  const tags = [...new Set(operationsOf(paths).flatMap(({ tags }) => tags as string[]))].sort();
  const operations = operationsOf(paths);
  const models = { ...document.components?.schemas, ...refusalSchemas() } as Record<string, Schema>;
  const schemas = { ...models, ...nameBodies(operations, models) };
  addExamples(operations, schemas);
  liftExamples(operations);
  return {
    ...document,
    tags: tags.map((name) => ({ name, description: TAGS[name] ?? `Operations on ${name}.` })),
    paths,
    components: { ...document.components, schemas, responses, headers: usedIn({ paths, responses }) },
  };
}
