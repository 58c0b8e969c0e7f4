import { convert } from 'openapi-to-postmanv2';
import { type Folder, Sequence } from './sequence';
import { GIVEN, STEPS } from './steps';

type Json = Record<string, unknown>;
interface Operation extends Json {
  readonly parameters?: readonly { readonly schema: Json; readonly example?: unknown }[];
  readonly responses: Json;
}
interface Document extends Json {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const OPTIONS = {
  folderStrategy: 'Tags',
  requestNameSource: 'Fallback',
  requestParametersResolution: 'Example',
  exampleParametersResolution: 'Example',
  enableOptionalParameters: false,
  includeAuthInfoInExample: false,
};
/** Names the collection for ever: who imports a newer one replaces the older. */
const OURS = 'b9d0a3c5-3f59-4a4e-8a5e-0c9a1d1f6f10';
const RANDOM_ID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Every request of the API for Postman, or Bruno and others that read its format, by the OpenAPI document alone. */
export async function collection(document: string): Promise<string> {
  const data = withoutChance(JSON.parse(document) as Document);
  const sequence = new Sequence(document);
  const made = await new Promise<object>((resolve, reject) => {
    convert({ type: 'json', data }, OPTIONS, (error, { output, reason } = { result: false }) => {
      const [first] = output ?? [];
      if (error || !first) reject(error ?? new Error(`openapi-to-postmanv2 failed: ${reason}`));
      else resolve(first.data);
    });
  });
  return `${JSON.stringify(sequence.of(made as Folder), own, 1)}\n`;
}

/** Where a parameter shows no example the converter makes one up, anew each time; refusals are in the document. */
function withoutChance(document: Document): Document {
  const operations = Object.values(document.paths).flatMap((item) => Object.values(item));
  for (const { parameters = [], responses } of operations) {
    for (const status of Object.keys(responses)) if (Number(status) >= 300) delete responses[status];
    for (const { schema, example } of parameters) {
      Object.assign(schema, { example: example ?? exampleOf(schema) });
      Object.assign((schema.items as Json | undefined) ?? {}, { example: exampleOf((schema.items as Json) ?? {}) });
    }
  }
  return document;
}

function exampleOf({
  example,
  enum: words,
  default: usual,
  type,
  minimum,
  minLength,
  items,
  properties,
}: Json): unknown {
  const known = example ?? (words as unknown[] | undefined)?.[0] ?? usual;
  if (known !== undefined) return known;
  if (items) return [exampleOf(items as Json)];
  if (properties)
    return Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, exampleOf(one as Json)]));
  if (type === 'integer') return Math.max(1, Number(minimum ?? 1));
  // The converter replaces an empty text that the schema does not allow by one of a random length.
  return Number(minLength ?? 0) > 0 ? 'string' : '';
}

/** Ids of the converter's are new each time. */
function own(this: unknown, key: string, value: unknown): unknown {
  if (key === '_postman_id') return OURS;
  return key === 'id' && typeof value === 'string' && RANDOM_ID.test(value) ? undefined : value;
}

/** The collection and its environment, by their names. */
export async function collectionFiles(document: string): Promise<Record<string, string>> {
  return {
    'open-cpo.postman_collection.json': await collection(document),
    'local.postman_environment.json': localEnvironment(),
  };
}

/** What the requests need to know of the system on one's own machine, with its demo data. */
export function localEnvironment(): string {
  const kept = Object.values(STEPS).flatMap(({ keeps = {} }) => Object.keys(keeps));
  const values = { ...GIVEN, ...Object.fromEntries(kept.map((name) => [name, ''])) };
  const told = Object.entries(values).map(([key, value]) => ({ key, value, enabled: true }));
  return `${JSON.stringify({ name: 'Open CPO, local demo', values: told, _postman_variable_scope: 'environment' }, undefined, 1)}\n`;
}
