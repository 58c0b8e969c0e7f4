import { Balancer, type Replica } from '../faults/load/balancer';
import { type Client, json } from '../faults/load/client';
import { retryDelayMs } from '../faults/load/writes';
import { exchange } from '../http/exchange';
import { pause } from '../stack/processes';
import { type Document, Documented, firstId, type Read } from './documented';

/** Times that a read is tried which the platform asks to repeat. */
const TRIES = 5;

/** What each read of the old version's document answered at first. */
export type Baseline = ReadonlyMap<string, number>;

/** Reads everything that clients of one document can read without knowing more, through one gateway. */
export class Reads {
  private readonly ids = new Map<string, string | undefined>();
  private readonly documented: Documented;
  private readonly all: readonly Read[];

  constructor(document: Document) {
    this.documented = new Documented(document);
    this.all = this.documented.reads();
  }

  static async served(gateway: Replica): Promise<Reads> {
    return new Reads((await exchange(`${gateway.url}/openapi.json`)).json<Document>() as Document);
  }

  /** The statuses, and what was not as documented or not as at first. */
  async through(
    gateway: Replica,
    token: Client,
    baseline?: Baseline,
  ): Promise<{ statuses: Baseline; problems: string[] }> {
    const balancer = new Balancer([gateway]);
    const client = token.through(balancer);
    const statuses = new Map<string, number>();
    const problems: string[] = [];
    for (const read of this.all) {
      const url = await this.urlOf(client, read);
      if (url === undefined) continue;
      const { status, headers, body } = await retryRead(client, url);
      statuses.set(read.path, status);
      const parsed: unknown = json({ body });
      const type = headers.get('content-type') ?? '';
      const before = baseline?.get(read.path);
      if (before !== undefined && before !== status) problems.push(`GET ${read.path}: ${status} instead of ${before}`);
      else problems.push(...this.documented.problems(read.path, { status, type, body: parsed }));
    }
    balancer.close();
    return { statuses, problems };
  }

  /** Undefined where the list above it is empty. */
  private async urlOf(client: Client, { path, query }: Read): Promise<string | undefined> {
    const [list = '', name] = path.split(/\/\{(\w+)\}/);
    if (name === undefined) return query ? `${path}?${query}` : path;
    if (!this.ids.has(list)) this.ids.set(list, firstId(json(await retryRead(client, list))));
    const id = this.ids.get(list);
    return id === undefined ? undefined : `${path.replace(`{${name}}`, encodeURIComponent(id))}${query && `?${query}`}`;
  }
}

async function retryRead(client: Client, url: string): ReturnType<Client['ask']> {
  for (let tries = 1; ; tries += 1) {
    const outcome = await client.ask(url);
    if (outcome.ending !== 'unavailable' || tries === TRIES) return outcome;
    await pause(retryDelayMs(outcome));
  }
}
