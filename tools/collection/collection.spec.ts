import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { collection, localEnvironment } from './collection';

interface Item {
  readonly name: string;
  readonly item?: readonly Item[];
  readonly request?: {
    readonly method: string;
    readonly url: { readonly host: readonly string[]; readonly path: readonly string[] };
    readonly body?: { readonly raw?: string };
    readonly auth?: { readonly type: string } | null;
  };
  readonly event?: readonly object[];
}
interface Collection {
  readonly info: { readonly name: string; readonly schema: string };
  readonly auth: { readonly type: string };
  readonly item: readonly Item[];
}

const checkout = join(__dirname, '../..');
const document = readFileSync(join(checkout, 'openapi.json'), 'utf8');
let text: string;
let requests: Item[];
beforeAll(async () => {
  text = await collection(document);
  const all = ({ item, ...one }: Item): Item[] => (item ? item.flatMap(all) : [one]);
  requests = (JSON.parse(text) as Collection).item.flatMap(all);
});

const nameOf = ({ request }: Item): string =>
  `${request?.method} /${request?.url.path.join('/')}`.replace(/:(\w+)/g, '{$1}');

describe('the collection of requests', () => {
  it('has every operation of the document', () => {
    const { paths } = JSON.parse(document) as { paths: Record<string, object> };
    const declared = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(requests.map(nameOf).sort()).toEqual(declared.sort());
  });

  it('comes out the same each time', async () => {
    expect(await collection(document)).toBe(text);
  });

  it('asks where and as whom the environment says', () => {
    const { auth, info } = JSON.parse(text) as Collection;
    expect(info.schema).toContain('v2.1.0');
    expect(auth.type).toBe('bearer');
    for (const { request } of requests) expect(request?.url.host).toEqual(['{{baseUrl}}']);
    const variables = new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name));
    for (const name of variables) expect(localEnvironment()).toContain(`"key": "${name}"`);
  });

  it('keeps the token of the login for what follows', () => {
    const login = requests.find(({ name }) => name === 'Login');
    expect(JSON.parse(login?.request?.body?.raw ?? '{}')).toEqual({ email: '{{email}}', password: '{{password}}' });
    expect(JSON.stringify(login?.event)).toContain('bearerToken');
  });
});
