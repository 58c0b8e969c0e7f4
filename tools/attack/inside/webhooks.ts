import { setTimeout as pause } from 'node:timers/promises';
import type { Tally } from '../report/tally';
import { concurrently } from '../../stack/concurrently';
import type { Answer, Client } from '../sending/client';
import type { Means } from '../sending/target';
import { type Database, withClient } from '../environment/databases';
import { OWN_ACCOUNT } from '../environment/people';
import { CANARY_PORT, insideAddresses } from './addresses';
import type { Canary } from './canary';
import { LEADS } from './names';

const MARK = 'Planted';
const CONCURRENCY = 8;
const REFUSED = 'The address is not public.';
/** Half seconds until every planted endpoint was tried, by a machine that has other things to do. */
const MAX_POLLS = 360;
/** Names that change their mind are tried a second time, after the queue's five seconds. */
const TWICE = /^https:\/\/rebinding/;

interface Tried {
  readonly url: string;
  readonly attempts: number;
  readonly error: string | null;
}

/** Endpoints at addresses inside: entered through the API, which must refuse them, and planted behind its back. */
export class WebhookAddresses {
  constructor(
    private readonly client: Client,
    private readonly means: Means,
    private readonly database: Database,
    private readonly canary: Canary,
    private readonly tally: Tally,
  ) {}

  async run(): Promise<void> {
    const before = this.canary.calls;
    await this.makeRoom();
    await this.enter();
    const tried = await this.plant();
    const calls = this.canary.calls - before;
    const wrong = tried.filter(({ url, error }) => error !== REFUSED && !TWICE.test(url));
    const figures = `${tried.length} tried, ${wrong.length} not refused, ${calls} calls`;
    const names = wrong.map(({ url, error }) => `; ${url}: ${error ?? 'never tried'}`).join('');
    const complete = tried.length === insideAddresses.length + Object.keys(LEADS).length;
    const holds = complete && wrong.length === 0 && calls === 0;
    this.tally.checked('endpoints inside that are in the table are not called', holds, figures + names);
  }

  /** An account has a limited number of them. */
  private async makeRoom(): Promise<void> {
    const { text } = await this.ask('GET', '');
    const ids = [...text.matchAll(/"id":(\d+)/g)].map(([, id]) => id);
    await concurrently(CONCURRENCY, ids, (id) => this.ask('DELETE', `/${id}`));
  }

  /** Every address, as a new endpoint and as a change of one. */
  private async enter(): Promise<void> {
    const id = await this.create('https://hooks.example.com/cpo');
    const taken: string[] = [];
    await concurrently(CONCURRENCY, insideAddresses, async (url) => {
      const answers = [await this.ask('POST', '', { url }), await this.ask('PATCH', `/${id}`, { url })];
      if (answers.some(({ status, text }) => status !== 422 || !text.includes('"url"'))) taken.push(url);
    });
    await this.ask('DELETE', `/${id}`);
    const figures = `${insideAddresses.length * 2} entered, ${taken.length} taken`;
    this.tally.checked('addresses inside are no webhooks', taken.length === 0, [figures, ...taken].join('; '));
  }

  /** As if the first wall were not there: rows with such addresses, and with names that lead to them. */
  private async plant(): Promise<Tried[]> {
    const id = await this.create('https://hooks.example.com/cpo');
    const names = Object.keys(LEADS).map((name) => `https://${name}:${CANARY_PORT}/hook`);
    const planted = await withClient(this.database.url, async (database) => {
      const { rows } = await database.query<{ id: number }>(
        `insert into webhooks (account_id, url, description, events, secrets)
         select account_id, planted, $3, '{ping}', secrets from webhooks, unnest($2::text[]) planted where id = $1
         returning id`,
        [id, [...insideAddresses, ...names], MARK],
      );
      return rows.map((row) => row.id);
    });
    await concurrently(CONCURRENCY, planted, (one) => this.ask('POST', `/${one}/test`));
    const tried = await this.untilTried();
    await concurrently(CONCURRENCY, [id, ...planted], (one) => this.ask('DELETE', `/${one}`));
    return tried;
  }

  private async untilTried(): Promise<Tried[]> {
    let tried: Tried[] = [];
    for (let turn = 0; turn < MAX_POLLS; turn += 1) {
      tried = await withClient(this.database.url, async (database) => {
        const { rows } = await database.query<Tried>(
          `select w.url, coalesce(max(d.attempts), 0) as attempts, max(d.error) as error
           from webhooks w left join webhook_deliveries d on d.webhook_id = w.id
           where w.account_id = $1 and w.description = $2 group by w.id, w.url`,
          [OWN_ACCOUNT, MARK],
        );
        return rows;
      });
      const enough = ({ url, attempts, error }: Tried): boolean =>
        error !== null && (TWICE.test(url) ? error === REFUSED : attempts > 0);
      if (tried.every(enough)) break;
      await pause(500);
    }
    return tried;
  }

  private async create(url: string): Promise<number> {
    const { text } = await this.ask('POST', '', { url });
    const id = Number(/"id":(\d+)/.exec(text)?.[1]);
    if (!id) throw new Error(`No webhook could be made: ${text}`);
    return id;
  }

  private async ask(method: string, path: string, body?: object): Promise<Answer> {
    const { people, address } = this.means;
    const headers = {
      authorization: `Bearer ${people.token('owner')}`,
      'x-forwarded-for': address(),
      ...(body ? { 'content-type': 'application/json' } : {}),
    };
    const content = body ? { body: Buffer.from(JSON.stringify(body)) } : {};
    const answer = await this.client.sendWithRetries({ method, target: `/api/webhooks${path}`, headers, ...content });
    this.tally.counted('addresses', answer.status);
    return answer;
  }
}
