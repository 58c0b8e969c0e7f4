import type { Operation, Schema } from '../document/operations';
import type { Tally } from '../report/tally';
import type { Answer, Client } from '../sending/client';
import { type Means, resolved } from '../sending/target';

/** An id that nothing has ever had. */
const NEVER = 2_000_000_000;
/** Fields of bodies that say which things are meant, with the kind of the things. */
const FIELDS: Readonly<Record<string, string>> = { chargePoints: 'charge-points', category: 'categories' };

/**
 * Names things of another owner where a body names things: the answer is to be the very one that a thing gets
 * which never was. That nothing of the other owner changes is looked at when all is over.
 */
export async function attackForeignIds(
  operations: readonly Operation[],
  client: Client,
  means: Means,
  tally: Tally,
): Promise<void> {
  let asked = 0;
  const told: string[] = [];
  for (const operation of operations) {
    for (const place of placesIn(operation)) {
      const foreign = Number(await means.other.one(place.kind));
      const answers: Answer[] = [];
      for (const id of [foreign, NEVER]) {
        const answer = await ask(operation, place, id, client, means);
        tally.counted('ids of others', answer.status);
        answers.push(answer);
        asked += 1;
      }
      const [one = '', other = ''] = answers.map(({ status, text }, n) =>
        masked(`${status} ${text}`, [foreign, NEVER][n]),
      );
      if (one !== other) told.push(`${operation.id}, ${place.name}: ${one.slice(0, 150)} / ${other.slice(0, 150)}`);
    }
  }
  const figures = [`${asked} requests, ${told.length} answered otherwise than for what never was`, ...told].join('; ');
  tally.checked('ids of another owner in bodies', asked > 10 && told.length === 0, figures);
}

interface Place {
  readonly name: string;
  readonly kind: string;
  readonly list: boolean;
}

function placesIn({ body }: Operation): Place[] {
  return Object.entries((body?.schema.properties ?? {}) as Record<string, Schema>)
    .filter(([name, { type }]) => name in FIELDS && (type === 'array' || type === 'integer'))
    .map(([name, { type }]) => ({ name, kind: FIELDS[name] ?? '', list: type === 'array' }));
}

async function ask(operation: Operation, place: Place, id: number, client: Client, means: Means): Promise<Answer> {
  const params = Object.fromEntries(
    operation.parameters.filter((one) => one.in === 'path').map(({ name }) => [name, '@own']),
  );
  const body = JSON.stringify({ ...operation.body?.example, [place.name]: place.list ? [id] : id });
  const headers = { 'content-type': 'application/json' };
  const request = { kind: 'as documented' as const, who: 'owner' as const, params, query: '', headers, body };
  return client.sendWithRetries(await resolved(operation, request, means));
}

/** Without what differs from one request to the next anyway. */
const masked = (text: string, id = 0): string =>
  text
    .replaceAll(String(id), '#')
    .replace(/"(?:id|created_at|updated_at|insert_date|update_date)":(?:\d+|"[^"]*")/g, '…')
    .replace(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '…');
