import { type Span, tracing } from '@open-cpo/platform';
import { Client } from 'pg';

type Query = (...args: unknown[]) => unknown;
type Callback = (error: unknown, result: unknown) => void;

const LONGEST = 1000;
const wrapped = new WeakSet<Query>();

/**
 * Makes every query that belongs to a request a span of it, TypeORM's as well as ours. Does nothing while tracing is
 * off. Of a query its text is recorded, which holds placeholders, and never its parameters.
 */
export function traceQueries(): void {
  const prototype = Client.prototype as unknown as { query: Query };
  const { query } = prototype;
  if (!tracing() || wrapped.has(query)) return;
  const asked: Query = function (this: unknown, ...args) {
    const span = begun(args[0]);
    return span ? span.run(() => followed(span, query, this, args)) : query.apply(this, args);
  };
  wrapped.add(asked);
  prototype.query = asked;
}

/** Heartbeats and scrapes belong to no request, and cursors that speak for themselves to no text. */
function begun(query: unknown): Span | undefined {
  const traces = tracing();
  if (!traces?.current) return undefined;
  const { text, name } = typeof query === 'string' ? { text: query, name: undefined } : named(query as Named);
  if (typeof text !== 'string') return undefined;
  const trimmed = text.trim();
  const attributes = { 'db.system.name': 'postgresql', 'db.query.text': trimmed.slice(0, LONGEST) };
  return traces.begin(name ?? `SQL ${/^\w+/.exec(trimmed)?.[0].toUpperCase() ?? ''}`, { kind: 'client', attributes });
}

interface Named {
  readonly text?: unknown;
  readonly name?: string;
  /** Of several statements in one round trip. */
  readonly statements?: readonly { readonly name: string; readonly text: string }[];
}

/** Statements of one round trip are one span, named after all of them. */
function named(query: Named): Pick<Named, 'text' | 'name'> {
  const { statements } = query;
  if (!statements) return query;
  const names = statements.map(({ name, text }) => name || (text.trim().split(/\s/, 1)[0] ?? ''));
  return { name: names.join(', '), text: statements.map(({ text }) => text.trim()).join('; ') };
}

function followed(span: Span, query: Query, client: unknown, args: unknown[]): unknown {
  const last = args.at(-1);
  if (typeof last === 'function') {
    const callback: Callback = (error, result) => {
      span.end(error ?? undefined);
      (last as Callback)(error, result);
    };
    return query.apply(client, [...args.slice(0, -1), callback]);
  }
  const asked = query.apply(client, args);
  if (!(asked instanceof Promise)) {
    span.end();
    return asked;
  }
  asked.then(
    () => span.end(),
    (error: unknown) => span.end(error),
  );
  return asked;
}
