import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXAMPLES } from './examples';
import { OPERATIONS } from './operations';

/* The published reference itself is not part of the project; where it lies beside the checkout, nothing may have drifted. */
const root = resolve(__dirname, '../../../..');
const published = resolve(root, '../shared/contract/examples.json');
const here = existsSync(published);

interface Published {
  readonly title: string;
  readonly methods: readonly string[];
  readonly path: string;
  readonly body?: unknown;
  readonly exampleUrl: string;
  readonly responses: readonly unknown[];
}

const read = () => JSON.parse(readFileSync(published, 'utf8')) as Published[];
const samples = () => JSON.parse(readFileSync(resolve(__dirname, 'samples.json'), 'utf8')) as Record<string, unknown>;

const ADDRESS = 'owner@example.com';

/** What the page cut short or cloaked, completed as in the samples kept here. */
const completed = (value: unknown, whole: unknown): unknown => {
  if (typeof value === 'string') return /^\[email.protected\]$/.test(value) ? ADDRESS : value;
  if (Array.isArray(value)) return value.map((item) => completed(item, whole));
  if (typeof value !== 'object' || value === null) return value;
  if ('$empty' in value) return '';
  if ('$elided' in value) return whole;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, completed(item, whole)]));
};

(here ? describe : describe.skip)('the published reference, where it lies beside the checkout', () => {
  it('lists the operations that are kept here', () => {
    expect(OPERATIONS.map(({ title, methods, path }) => ({ title, methods, path }))).toEqual(
      read().map(({ title, methods, path }) => ({ title, methods, path })),
    );
  });

  it('prints the requests that are kept here', () => {
    const printed = read().flatMap(({ methods, exampleUrl, body }) =>
      methods.map((method) => ({ method, url: exampleUrl, body: completed(body, undefined) })),
    );
    expect(EXAMPLES.map(({ method, url, body }) => ({ method, url, body }))).toEqual(printed);
  });

  it('prints the answers that are kept here', () => {
    const all = read();
    const order = all[28]?.responses[0] as { charge_point: unknown };
    const printed = all.map(({ responses }, index) => ({ number: index + 1, responses }));
    const shown = printed.filter(({ responses }) => responses.length > 0);
    expect(samples()).toEqual(
      Object.fromEntries(
        shown.map(({ number, responses }) => [String(number), completed(responses, order.charge_point)]),
      ),
    );
  });
});
