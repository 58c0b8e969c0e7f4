import type { Client, unwrap as Unwrap } from '@open-cpo/client';
import type { Header } from '../../api/header';
import { bodyOf, changedValues, type Values } from '../../forms/field';
import type { Mounted } from './values';

interface Saving {
  readonly client: Client;
  readonly unwrap: typeof Unwrap;
  readonly header: Header;
  /** Of the power center that is changed; undefined while there is none yet. */
  readonly id: number | undefined;
  readonly created: (id: number) => void;
}

const NUMBERS = ['latitude', 'longitude', 'session_limit_value'];

/** Texts of inputs as the API takes them. */
export function centerBody(values: Values): Record<string, unknown> {
  const body = bodyOf(values);
  for (const name of NUMBERS) {
    const value = body[name];
    if (typeof value === 'string') body[name] = Number(value);
  }
  return body;
}

/** Creates a power center, or sends what has changed. Answers its id. */
export async function saveCenter(
  { client, unwrap, header, id, created }: Saving,
  before: Values,
  { values, connectors }: { values: Values; connectors: Mounted[] | undefined },
): Promise<number> {
  if (id === undefined) {
    const filled = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== ''));
    const made = await unwrap(
      client.POST('/api/charge-points', { body: centerBody(filled) as never, params: { header } }),
    );
    created(made.id);
    return made.id;
  }
  const body = centerBody(changedValues(before, values));
  if (connectors) body.connectors = connectors.map((one) => (one.number === null ? { id: one.id } : one));
  if (Object.keys(body).length > 0) {
    await unwrap(client.PATCH('/api/charge-points/{id}', { body: body as never, params: { path: { id }, header } }));
  }
  return id;
}
