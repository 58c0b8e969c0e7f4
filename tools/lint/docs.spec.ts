import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const checkout = resolve(__dirname, '../..');
const files = readdirSync(join(checkout, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => `docs/${name}`);
const pages = new Map(
  ['README.md', 'CONTRIBUTING.md', ...files].map((path): [string, string] => [
    path,
    readFileSync(join(checkout, path), 'utf8'),
  ]),
);
const glossary = pages.get('docs/glossary.md') ?? '';

/** Terms of the field for which an engineer searches. */
const TERMS = `row-level security, circuit breaker, bulkhead, hedged request, retry budget, load shedding, backpressure,
  graceful shutdown, liveness, readiness, transactional outbox, inbox, idempotent consumer, dead letter queue, at-least-once,
  projection, read model, domain event, optimistic locking, advisory lock, tenant, tenancy, pagination, keyset,
  conditional request, cache invalidation, token bucket, exponential backoff, jitter, timing side channel, SSRF, threat model,
  RBAC, negative control`.split(/,\s+/);

/** A term as it may be broken into lines. */
const pattern = (term: string): RegExp => new RegExp(`\\b${term.replaceAll(' ', '\\s+')}`, 'i');

/** Links from a text to files of the repository, as [path, anchor]; code blocks hold none. */
function linksIn(path: string, text: string): [string, string][] {
  const prose = text.replaceAll(/^```[^]*?^```/gm, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => {
      const [file = '', anchor = ''] = target.split('#');
      return [file === '' ? path : relative(checkout, resolve(checkout, dirname(path), file)), anchor];
    });
}

const headingsIn = (text: string): string[] =>
  [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);

/** As GitHub makes the anchor of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/\]\([^)]*\)|[[`]/g, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(' ', '-');

/** Whether a heading has the term, or an entry of the glossary that links to a page with the term. */
function isExplained(term: RegExp, texts: ReadonlyMap<string, string>, entries: string): boolean {
  const inDocs = [...texts].filter(([path]) => /^docs\/[\w-]+\.md$/.test(path) && path !== 'docs/glossary.md');
  if (inDocs.some(([, text]) => headingsIn(text).some((heading) => term.test(heading)))) return true;
  const entry = entries.split(/\n(?=- )/).find((text) => term.test(/^- \*\*([^*]+)\*\*/.exec(text)?.[1] ?? ''));
  const targets = linksIn('docs/glossary.md', entry ?? '').map(([path]) => texts.get(path) ?? '');
  return targets.some((text) => term.test(text));
}

describe('the documentation', () => {
  it.each(TERMS)('explains the term %s', (term) => {
    expect(isExplained(pattern(term), pages, glossary)).toBe(true);
  });

  it('would not explain a term that is named nowhere, or in the glossary alone', () => {
    expect(isExplained(pattern('split brain'), pages, glossary)).toBe(false);
    expect(isExplained(pattern('split brain'), pages, '- **Split brain**: see [errors](errors.md).')).toBe(false);
  });

  it('names files of the gateway that exist in the request pipeline', () => {
    const text = pages.get('docs/request-pipeline.md') ?? '';
    const named = [...text.matchAll(/`([\w/.-]+\.ts)`/g)].map(([, path = '']) => path);
    expect(named.length).toBeGreaterThan(30);
    const places = ['apps/gateway/src/http', '.'];
    expect(named.filter((path) => !places.some((place) => existsSync(join(checkout, place, path))))).toEqual([]);
  });

  it.each([...pages])('%s links to files and headings that exist', (path, text) => {
    const broken = linksIn(path, text).filter(([file, anchor]) => {
      if (!existsSync(join(checkout, file))) return true;
      const target = pages.get(file);
      return anchor !== '' && target !== undefined && !headingsIn(target).map(anchorOf).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});
