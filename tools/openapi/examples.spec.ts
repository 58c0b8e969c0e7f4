import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020';
import { openApiText } from './documents';

type Json = Record<string, unknown>;
interface Media {
  readonly schema?: Json;
  readonly example?: unknown;
  readonly examples?: Record<string, { value: unknown }>;
}
interface Response {
  readonly $ref?: string;
  readonly headers?: Record<string, { $ref?: string }>;
  readonly content?: Record<string, Media>;
}
interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly responses: Record<string, Response>;
  readonly 'x-permission'?: string;
}
interface Document {
  readonly tags: readonly { readonly name: string; readonly description?: string }[];
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly responses: Record<string, Response>; readonly headers: Json };
}

let document: Document;
let operations: [string, Operation][];
let ajv: Ajv2020;
beforeAll(async () => {
  document = JSON.parse(await openApiText()) as Document;
  operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, one]): [string, Operation] => [`${method.toUpperCase()} ${path}`, one]),
  );
  ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...document, $id: 'openapi' });
});

const whole = (response: Response): Response =>
  response.$ref ? (document.components.responses[response.$ref.split('/').at(-1) ?? ''] ?? {}) : response;
const validator = (schema: Json): ValidateFunction =>
  ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')) as Json);

/** JSON and text are shown; the bytes of a file cannot be. */
const shown = (type: string): boolean => type.includes('json') || type === 'application/x-www-form-urlencoded';

/** Everything that has a schema: the bodies that operations take and give, once each. */
function media(): [string, Media][] {
  const all = operations.flatMap(([name, { requestBody, responses }]) => [
    ...Object.entries(requestBody?.content ?? {}).map(([type, one]): [string, Media] => [`${name} takes ${type}`, one]),
    ...Object.entries(responses).flatMap(([status, response]) =>
      Object.entries(whole(response).content ?? {}).map(([type, one]): [string, Media] => [
        `${name} ${status} gives ${type}`,
        one,
      ]),
    ),
  ]);
  return [...new Map(all.map((one) => [JSON.stringify(one[1]), one])).values()];
}

describe('every operation in the document', () => {
  it('shows an example of each body that it takes and gives', () => {
    const without = media().filter(
      ([name, { example, examples }]) =>
        shown(name.split(' ').at(-1) ?? '') && example === undefined && examples === undefined,
    );
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it('shows examples that are as it says', () => {
    const wrong = media().flatMap(([name, { schema, example, examples }]) => {
      const all = [
        ...(example === undefined ? [] : [example]),
        ...Object.values(examples ?? {}).map(({ value }) => value),
      ];
      const judge = schema && validator(schema);
      return all.flatMap((one) => (judge && !judge(one) ? [`${name}: ${ajv.errorsText(judge.errors)}`] : []));
    });
    expect(wrong).toEqual([]);
  });

  it('names the request in each of its answers', () => {
    for (const [name, { responses }] of operations) {
      for (const [status, response] of Object.entries(responses)) {
        expect([name, status, whole(response).headers?.['X-Request-Id']]).toEqual([
          name,
          status,
          { $ref: '#/components/headers/X-Request-Id' },
        ]);
      }
    }
  });

  it('says who may use it, in words and in one', () => {
    for (const [name, { description = '', 'x-permission': permission = '' }] of operations) {
      const words: Record<string, string> = {
        public: 'No token is required.',
        token: 'A valid token is required.',
      };
      expect([name, description]).toEqual([
        name,
        expect.stringContaining(words[permission] ?? `Requires the permission \`${permission}\`.`),
      ]);
    }
  });

  it('says what it does, in more words than its summary', () => {
    for (const [name, { summary = '', description = '' }] of operations) {
      const [first = ''] = description.split('\n\n');
      expect([name, first]).toEqual([name, expect.stringMatching(/^[A-Z](\S+ ){5,}\S+\.$/)]);
      expect([name, first]).not.toEqual([name, summary]);
    }
  });

  it('says what each tag is about', () => {
    for (const { name, description } of document.tags) expect([name, description]).toEqual([name, expect.any(String)]);
  });

  it('says how it refuses: at least as everything may fail', () => {
    for (const [name, { responses }] of operations) {
      expect([name, Object.keys(responses)]).toEqual([name, expect.arrayContaining(['401', '500', '503', '504'])]);
    }
  });

  it('gives a validator and 304 for it together, or neither', () => {
    const tagged = operations.filter(([, { responses }]) => whole(responses[200] ?? {}).headers?.ETag);
    const conditional = operations.filter(([, { responses }]) => responses[304]);
    expect(tagged.map(([name]) => name)).toEqual(conditional.map(([name]) => name));
    expect(tagged.length).toBeGreaterThan(15);
  });
});
