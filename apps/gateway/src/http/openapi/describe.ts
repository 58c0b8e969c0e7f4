import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtraModels,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiQuery,
  ApiTags,
} from '@nestjs/swagger';
import * as swagger from '@nestjs/swagger';
import { documentContracts, type Dto, type FieldRule, fieldsOf } from '@open-cpo/contracts';
import { isConditional } from '../caching/etag';
import { deprecationText } from '../deprecation';
import { asksFor } from '../input';
import type { Route } from '../route';
import { exampleOf, propertySchema, schemaOf } from './schemas';
import { TAGS } from './tags';

documentContracts(swagger);

/**
 * Documents a route from what it declares: parameters, body, permission. What it answers depends on the whole path, which
 * is not known yet: see `responses.ts`.
 */
export function describe(route: Route): MethodDecorator {
  const { deprecated } = route;
  return applyDecorators(
    ApiTags(tagOf(route)),
    ApiOperation({
      summary: route.title.replace(/\.$/, ''),
      description: [
        route.description,
        permissionText(route.can),
        ...(deprecated ? [deprecationText(deprecated)] : []),
      ].join('\n\n'),
      ...(deprecated ? { deprecated: true } : {}),
      ...(route.can === 'public' ? { security: [] } : {}),
      ...extensions(route),
    }),
    ...parameters(route),
    ...models(route),
  );
}

/** The tag of the operation's resource: a test fails for one that `TAGS` does not describe. */
function tagOf({ calls }: Route): string {
  const resource = (calls.subject.split('.')[1] ?? '').replace(/^.*-(?=(ex|im)ports$)/, '');
  return TAGS[resource]?.[0] ?? resource.replaceAll('-', ' ');
}

/** What clients' generators and tests read beside the standard's own words. */
const extensions = ({ calls, can }: Route): object => ({ 'x-operation': calls.subject, 'x-permission': can });

const permissionText = (can: string): string => {
  if (can === 'public') return 'No token is required.';
  return can === 'token' ? 'A valid token is required.' : `Requires the permission \`${can}\`.`;
};

function parameters(route: Route): MethodDecorator[] {
  const { path, method, multipart, fills = [] } = route;
  const inputs = [...fieldsOf(asksFor(route)).values()];
  const inPath = new Set([...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name));
  const others = inputs.filter(({ property }) => !inPath.has(property) && !fills.includes(property));
  const asQuery = method === 'GET' || method === 'DELETE';
  return [
    ...[...inPath].map(pathParameter),
    ...(asQuery ? others.map(queryParameter) : others.length > 0 ? [body(asksFor(route).name, others)] : []),
    ...(multipart ? [ApiConsumes('multipart/form-data')] : []),
    ...(method === 'GET' ? [] : [ApiHeader(IDEMPOTENCY_KEY)]),
    ...(isConditional(route) ? [ApiHeader(IF_NONE_MATCH)] : []),
  ];
}

const TEXTS: Record<string, string> = {
  type: 'charging-site',
  name: 'stripe',
  payoutMethod_name: 'stripe',
  exportId: 'orders-0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11',
  importId: 'orders-0b0ab0fe-5a7c-4a8e-9d3d-0d3a3c1c4a11',
  kind: 'orders',
};
/** Ids of the demo's data are 1 unless said otherwise. */
const pathParameter = (name: string): MethodDecorator => {
  const example = TEXTS[name];
  const schema = example === undefined ? { type: 'integer', minimum: 1, maximum: 2147483647 } : { type: 'string' };
  return ApiParam({ name, schema: { ...schema, example: example ?? 1 } });
};

const queryParameter = (rule: FieldRule): MethodDecorator =>
  ApiQuery({
    name: rule.property,
    required: rule.presence === 'required',
    schema: propertySchema(rule) as object,
    description: rule.docs.description ?? (rule as unknown as { description?: string }).description,
  });

/** A schema with a title, by which the document names it: see `nameBodies`. */
function body(title: string, rules: readonly FieldRule[]): MethodDecorator {
  const schema = { title, ...schemaOf(rules), ...exampleOf(rules) };
  const required = rules.some((rule) => rule.presence === 'required');
  return ApiBody({ schema, required });
}

const IDEMPOTENCY_KEY = {
  name: 'Idempotency-Key',
  required: false,
  description:
    'For 24 hours the same key with the same request gets the first answer again. It belongs to this operation and user.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
} as const;

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  required: false,
  description: 'The `ETag` of an answer that is at hand, or several: 304 when it still holds.',
  schema: { type: 'string' },
} as const;

/** What a stream consists of is said in words. */
const models = ({ calls, shows, also, envelope, forIntegrations }: Route): MethodDecorator[] =>
  [envelope?.letter === 'S' ? undefined : (shows ?? calls.answer.of), also?.of, forIntegrations]
    .filter((of) => of !== undefined)
    .map((of) => ApiExtraModels(of as Dto<object>));
