import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE, PERMISSIONS } from '@open-cpo/contracts';
import { declaredRoutes, type DerivedFile, derivedFiles } from './documents';

interface Operation {
  readonly summary: string;
  readonly operationId: string;
  readonly tags: string[];
  readonly security?: object[];
  readonly parameters: { name: string; in: string; schema: object }[];
  readonly responses: Record<string, { $ref?: string; content?: object; description?: string }>;
  readonly requestBody?: { readonly content: Record<string, { readonly schema: object }> };
  readonly 'x-permission': string;
  readonly 'x-operation': string;
}
interface Document {
  readonly openapi: string;
  readonly tags: { name: string; description: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { responses: Record<string, Refused>; schemas: Record<string, object> };
}
interface Refused {
  readonly description: string;
  readonly headers: { 'X-Error-Code': { schema: { enum: string[] } } };
  readonly content: { 'application/json': { schema: object; examples: Record<string, { value: object }> } };
}

const checkout = join(__dirname, '../..');
let files: DerivedFile[];
let document: Document;
let operations: [string, Operation][];
beforeAll(async () => {
  files = await derivedFiles();
  document = JSON.parse(files[0]?.text ?? '{}') as Document;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  );
});

const operation = (name: string): Operation => {
  const found = operations.find(([one]) => one === name);
  if (!found) throw new Error(`${name} is not in the document`);
  return found[1];
};
const refused = (name: string, status: number): Refused => {
  const { $ref = '' } = operation(name).responses[status] ?? {};
  const found = document.components.responses[$ref.split('/').at(-1) ?? ''];
  if (!found) throw new Error(`${name} has no refusal ${status}`);
  return found;
};
const exampleOf = (name: string, status: number, code: string): unknown =>
  refused(name, status).content['application/json'].examples[code]?.value;

describe('the derived files', () => {
  it('are those in the checkout: else run "npm run openapi"', () => {
    const stale = files.filter(({ path, text }) => {
      const file = join(checkout, path);
      return !existsSync(file) || readFileSync(file, 'utf8') !== text;
    });
    expect(stale.map(({ path }) => path)).toEqual([]);
  });

  it('come out the same each time', async () => {
    expect(await derivedFiles()).toEqual(files);
  });
});

describe('the OpenAPI document', () => {
  it('is OpenAPI 3.1 without words of 3.0', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(files[0]?.text).not.toContain('"nullable"');
  });

  it('has every declared route', () => {
    expect(operations).toHaveLength(declaredRoutes().length);
  });

  it('names each operation once, with title, permission, resource and call', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, { summary, tags, ...more }] of operations) {
      expect(more.operationId).toMatch(/^[a-z][A-Za-z]+$/);
      expect(summary).toMatch(/^\S.*[^.]$/);
      expect(tags).toHaveLength(1);
      expect(document.tags.map(({ name }) => name)).toContain(tags[0]);
      expect([...PERMISSIONS, 'token', 'public']).toContain(more['x-permission']);
      expect(more['x-operation']).toMatch(/^[a-z]+\.[a-z-]+\.[a-zA-Z]+$/);
    }
  });

  it('asks for a token unless the operation is open to everybody', () => {
    for (const [, { security, ...more }] of operations) {
      expect(security).toEqual(more['x-permission'] === 'public' ? [] : undefined);
    }
  });

  it('has one item for categories by type or id', () => {
    const paths = Object.keys(document.paths).filter((path) => /^\/api\/categories\/\{\w+\}$/.test(path));
    expect(paths).toEqual(['/api/categories/{type}']);
    expect(Object.keys(document.paths['/api/categories/{type}'] ?? {}).sort()).toEqual([
      'delete',
      'get',
      'patch',
      'put',
    ]);
    const inPath = operation('DELETE /api/categories/{type}').parameters.filter((one) => one.in === 'path');
    expect(inPath).toMatchObject([{ name: 'type', schema: { type: 'integer' } }]);
  });

  it('names every body, and shows an example of every path parameter', () => {
    for (const [name, { parameters, requestBody }] of operations) {
      for (const one of parameters.filter((parameter) => parameter.in === 'path')) {
        expect([name, one]).toEqual([name, expect.objectContaining({ example: expect.anything() })]);
      }
      if (!requestBody) continue;
      const named = { $ref: expect.stringMatching(/^#\/components\/schemas\/\w+$/) };
      for (const { schema } of Object.values(requestBody.content)) expect([name, schema]).toEqual([name, named]);
    }
  });

  it('has no parameter in the style deepObject, which is for objects alone', () => {
    expect(files[0]?.text).not.toContain('deepObject');
  });

  it('says with which writes If-Match goes, and how long a token lives', () => {
    const takes = operations.filter(([, { parameters }]) => parameters.some((one) => one.name === 'If-Match'));
    const refuses = operations.filter(([, { responses }]) => '412' in responses);
    expect(takes.length).toBeGreaterThan(10);
    expect(takes.map(([name]) => name)).toEqual(refuses.map(([name]) => name));
    for (const name of ['POST /api/v3/auth/login', 'POST /api/v3/auth/email/verify']) {
      expect(JSON.stringify(operation(name).responses[200])).toContain('expires_in');
    }
  });

  it('takes an Idempotency-Key wherever something is written', () => {
    for (const [name, { parameters }] of operations) {
      const takes = parameters.some((one) => one.name === 'Idempotency-Key');
      expect([name, takes]).toEqual([name, !name.startsWith('GET')]);
    }
  });

  it('describes every success but the empty one, and every refusal with its codes and an example each', () => {
    for (const [name, { responses }] of operations) {
      for (const [status, response] of Object.entries(responses)) {
        if ([204, 304].includes(Number(status))) continue;
        if (Number(status) < 400) expect([name, response.content]).toEqual([name, expect.any(Object)]);
        else {
          const { headers, content } = refused(name, Number(status));
          const codes = headers['X-Error-Code'].schema.enum;
          expect(Object.keys(content['application/json'].examples)).toEqual(codes);
          expect(Object.keys(CATALOGUE)).toEqual(expect.arrayContaining(codes));
        }
      }
    }
  });

  it('shows refusals in the forms in which they are sent', () => {
    expect(exampleOf('GET /api/user', 401, 'unauthenticated')).toMatchObject({ msg: 'Unauthenticated.' });
    expect(exampleOf('GET /api/v3/countries', 401, 'unauthenticated')).toEqual({
      success: 0,
      message: 'Unauthenticated.',
    });
    expect(exampleOf('POST /api/categories', 403, 'forbidden')).toMatchObject({
      error: expect.stringContaining('permissions'),
    });
    expect(exampleOf('POST /api/categories', 422, 'validation_failed')).toMatchObject({
      message: 'Validation failed.',
    });
    expect(exampleOf('POST /api/charge-points', 422, 'validation_failed')).not.toHaveProperty('success');
    expect(exampleOf('DELETE /api/charge-points/{id}', 400, 'delete_refused')).toEqual({
      error: 'Failed to delete Chargepoint',
    });
    expect(exampleOf('GET /api/charge-points/{id}', 404, 'not_found')).toEqual({ error: 'Invalid Resource Requested' });
    expect(exampleOf('POST /api/v3/auth/email/verify', 422, 'incorrect_code')).toMatchObject({
      data: { available_attempts: 2 },
    });
  });

  it('shows both answers of the login', () => {
    const { responses } = operation('POST /api/v3/auth/login');
    expect(JSON.stringify(responses[200])).toContain('#/components/schemas/AuthUser');
    expect(JSON.stringify(responses[202])).toContain('#/components/schemas/Verification');
  });

  it('refers to nothing that is not there', () => {
    const refs = [...(files[0]?.text ?? '').matchAll(/"\$ref": "#\/components\/(\w+)\/([^"]+)"/g)];
    expect(refs.length).toBeGreaterThan(100);
    const components = document.components as unknown as Record<string, Record<string, object>>;
    expect(refs.filter(([, kind = '', name = '']) => !components[kind]?.[name])).toEqual([]);
  });
});

describe('the page of errors', () => {
  it('lists every code with its status, text and example', () => {
    const page = files.find(({ path }) => path === 'docs/errors.md')?.text ?? '';
    for (const [code, { text, help }] of Object.entries(CATALOGUE)) {
      expect(page).toContain(`## ${code}\n`);
      expect(page).toContain(text);
      expect(page).toContain(help);
    }
    expect(page).toContain('| 503 | [service_unavailable](#service_unavailable) |');
  });
});
