import { request } from 'node:http';
import { AccountUnderAttack, Refusals, type SequenceTarget, type Somebody } from './account-under-attack';

const ASYNC = { prefer: 'respond-async' };

/** What a member has made, and must not have any more. */
interface Made {
  readonly key: string;
  readonly webhook: string;
  readonly file: string;
}

/** A member is removed, or given a lesser role: keys, feeds, webhooks and files end with what they could do. */
export async function attackDepartures(attacked: SequenceTarget): Promise<void> {
  const account = await AccountUnderAttack.create(attacked);
  const owner = await account.token(await account.user('owner'));
  await removed(account, owner);
  await demoted(account, owner);
}

async function removed(account: AccountUnderAttack, owner: string): Promise<void> {
  const admin = await account.user('admin');
  const token = await account.token(admin);
  const made = await make(account, token);
  const feeds = [open(account, { authorization: `Bearer ${token}` }), open(account, { 'api-key': made.key })];
  const begun = await Promise.all(feeds.map(({ status }) => status));
  const works = await keyWorks(account, owner, made);
  const { status } = await account.send('DELETE', `/api/members/${admin.id}`, { token: owner });
  const refusals = new Refusals();
  for (const gateway of [0, 1] as const) {
    const own = async (method: string, target: string) =>
      (await account.send(method, target, { token, gateway })).status;
    refusals.expect(
      `the token at gateway ${gateway + 1}`,
      await account.soon(async () => (await own('GET', '/api/user')) === 401),
    );
    for (const target of [made.file, `${made.file}/file`]) refusals.expect(target, (await own('GET', target)) === 401);
    refusals.expect('the webhook', (await own('DELETE', `/api/webhooks/${made.webhook}`)) === 401);
    refusals.expect(
      `the API key at gateway ${gateway + 1}`,
      await account.soon(async () => !(await keyWorks(account, owner, made, gateway))),
    );
  }
  refusals.expect('the webhook that stays active', await account.soon(() => disabled(account, owner, made)));
  refusals.expect('the file for the owner', (await account.send('GET', made.file, { token: owner })).status === 403);
  const ended = await Promise.all(feeds.map(({ end }) => account.soon(() => Promise.resolve(end.done))));
  refusals.expect('the feed by token', ended[0] === true);
  refusals.expect('the feed by API key', ended[1] === true);
  feeds.forEach(({ close }) => close());
  refusals.conclude('nothing of a removed admin goes on', account.attacked.tally);
  const stood = begun.every((one) => one === 200) && works && status === 200;
  const figures = `feeds ${begun.join(' and ')}, key ${works ? 'works' : 'does not work'}, removal ${status}`;
  account.attacked.tally.checked('before the removal all of it works', stood, figures);
}

async function demoted(account: AccountUnderAttack, owner: string): Promise<void> {
  const admin: Somebody = await account.user('admin');
  const token = await account.token(admin);
  const { file } = await make(account, token);
  const before = (await account.send('GET', file, { token })).status;
  await account.send('PATCH', `/api/members/${admin.id}`, { token: owner, body: { role: 'viewer' } });
  const refusals = new Refusals();
  for (const gateway of [0, 1] as const) {
    for (const target of [file, `${file}/file`]) {
      const refused = async () => (await account.send('GET', target, { token, gateway })).status === 403;
      refusals.expect(`${target} at gateway ${gateway + 1}`, await account.soon(refused));
    }
  }
  const again = await account.send('GET', '/api/orders/export', { token, headers: ASYNC });
  refusals.expect('another export', again.status === 403);
  refusals.expect('an export before (control)', before === 200);
  refusals.conclude('an export ends with the role that asked for it', account.attacked.tally);
}

async function make(account: AccountUnderAttack, token: string): Promise<Made> {
  const key = await account.post('/api/api-keys', { name: 'Left behind' }, token);
  const webhook = await account.post('/api/webhooks', { url: 'https://hooks.example.com/left' }, token);
  const { headers } = await account.send('GET', '/api/orders/export', { token, headers: ASYNC });
  const file = headers.location ?? '';
  await account.soon(async () => (await account.send('GET', `${file}/file`, { token })).status === 200);
  return {
    key: /"key":"([^"]+)"/.exec(key.text)?.[1] ?? '',
    webhook: /"id":(\d+)/.exec(webhook.text)?.[1] ?? '',
    file,
  };
}

/** Beside a token of the same account, which is good without it. */
async function keyWorks(account: AccountUnderAttack, token: string, { key }: Made, gateway: 0 | 1 = 0) {
  const headers = { 'api-key': key };
  return (await account.send('GET', '/api/orders', { token, headers, gateway })).status === 200;
}

/** Nothing is sent to it any more. */
async function disabled(account: AccountUnderAttack, owner: string, { webhook }: Made): Promise<boolean> {
  const { text } = await account.send('GET', `/api/webhooks/${webhook}`, { token: owner });
  return text.includes('"status":"disabled"');
}

/** A live feed, until the gateway ends it. */
function open(account: AccountUnderAttack, credential: Record<string, string>) {
  const end = { done: false };
  const { attacked } = account;
  const headers = { accept: 'text/event-stream', 'x-forwarded-for': attacked.address(), ...credential };
  const asked = request(`${attacked.clients[0].url}/api/events`, { headers, agent: false });
  const status = new Promise<number>((resolve) => {
    asked.on('response', (response) => {
      resolve(response.statusCode ?? 0);
      response.on('close', () => void (end.done = true)).resume();
    });
    asked.on('error', () => {
      end.done = true;
      resolve(0);
    });
  });
  asked.end();
  return { status, end, close: () => void asked.destroy() };
}
