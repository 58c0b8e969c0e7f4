import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOperation, ApiParam, ApiQuery, ApiResponse, ApiSecurity } from '@nestjs/swagger';
import { type AnyOperation, type Dto, fieldsOf } from '@open-cpo/contracts';
import type { Route } from '../route';
import { answerSchema } from './answer-schema';
import { propertySchema, schemaOf } from './schema-of';

const ALWAYS = [401, 500, 503, 504];
const MEANING: Record<number, string> = {
  400: 'The request could not be understood.',
  401: 'No valid token, or an invalid API key.',
  403: 'The role does not allow it, or it belongs to another account.',
  404: 'There is no such thing.',
  409: 'In conflict with another request.',
  422: 'Something is wrong with the input; the answer names each field.',
  429: 'Too many attempts; Retry-After says when to try again.',
  500: 'A fault of ours.',
  503: 'The service is away; Retry-After says when to try again.',
  504: 'The service did not answer in time.',
};

/** Documents a route from what it declares: parameters, body, answer, refusals, permission. */
export function describe(route: Route): MethodDecorator {
  const { method, can, calls, title } = route;
  const inputs = [...fieldsOf((calls as { input: Dto<unknown> }).input).values()];
  const inPath = new Set([...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name));
  const others = inputs.filter(({ property }) => !inPath.has(property));
  const asQuery = method === 'GET' || method === 'DELETE';
  return applyDecorators(
    ApiOperation({ summary: title, description: permissionText(can), ...extensions(route) }),
    ...[...inPath].map((name = '') =>
      ApiParam({ name, schema: name === 'type' ? { type: 'string' } : { type: 'integer', minimum: 1 } }),
    ),
    ...(asQuery
      ? others.map((rule) =>
          ApiQuery({
            name: rule.property,
            required: rule.presence === 'required',
            schema: propertySchema(rule) as object,
            description: rule.docs.description,
          }),
        )
      : []),
    ...(asQuery || others.length === 0
      ? []
      : [
          ApiBody({
            schema: schemaOf(others) as object,
            required: others.some((rule) => rule.presence === 'required'),
          }),
        ]),
    ...(can === 'public' ? [] : [ApiSecurity('bearer')]),
    ...models(calls),
    ApiResponse({ status: route.envelope?.status ?? 200, description: 'Done.', ...answerSchema(route) }),
    ...refusalsOf(route).map((status) => ApiResponse({ status, description: MEANING[status] ?? 'Refused.' })),
  );
}

/** What clients' generators and tests read beside the standard's own words. */
const extensions = ({ calls, can }: Route): object => ({ 'x-operation': calls.subject, 'x-permission': can });

const permissionText = (can: string): string => {
  if (can === 'public') return 'Open to everybody.';
  return can === 'token' ? 'Needs a valid token.' : `Needs the permission \`${can}\`.`;
};

function refusalsOf({ can, method, calls, path, refusals = [] }: Route): number[] {
  const input = fieldsOf((calls as { input: Dto<unknown> }).input);
  const all = new Set([...(can === 'public' ? ALWAYS.slice(1) : ALWAYS), ...refusals]);
  if (can !== 'public' && can !== 'token') all.add(403);
  if (/:(id|\w+_id|\w+ID)\b/.test(path)) all.add(404);
  if (input.size > 0) all.add(422);
  if (method !== 'GET') [400, 409].forEach((status) => all.add(status));
  return [...all].sort((a, b) => a - b);
}

const models = ({ answer }: AnyOperation): MethodDecorator[] =>
  answer.of ? [ApiExtraModels(answer.of as Dto<object>)] : [];
