import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environment } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import { charge } from './charging';
import { at, demoUser, send } from './client';
// eslint-disable-next-line @nx/enforce-module-boundaries -- what the command writes
import { collectionFiles } from '../tools/collection/collection';
import { HOME, install, tool } from './generators/generate';

interface Report {
  readonly run: {
    readonly executions: readonly {
      readonly item: { readonly name: string };
      readonly response?: { readonly code: number };
      readonly assertions?: readonly { readonly error?: { readonly message: string } }[];
    }[];
    readonly failures: readonly { readonly source?: { name: string }; readonly error: { message: string } }[];
  };
}

/** What the owner of the demo has, and would miss. */
const OWN = [
  ...['charge-points', 'charge-point-groups', 'charging-sites', 'workers', 'members', 'api-keys', 'webhooks'],
  ...['categories/charging-site', 'categories/charge-point', 'payout-methods', 'payouts', 'user/factors'],
  ...['account/security', 'charge-point-prices/1', 'user/balance'],
].map((path) => `/api/${path}`);

describe('the collection of requests', () => {
  const checkout = resolve(__dirname, '..');
  const file = join(HOME, 'open-cpo.postman_collection.json');
  const local = join(HOME, 'local.postman_environment.json');

  beforeAll(async () => {
    await install();
    const files = await collectionFiles(readFileSync(join(checkout, 'openapi.json'), 'utf8'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(HOME, name), text);
  });

  it('runs from the first request to the last, each as it should be, and takes nothing away', async () => {
    const token = await demoUser('owner');
    const [{ id }] = (await send('GET', '/api/charge-points', { token })).body as [{ id: number }];
    await charge(at(await send('GET', `/api/charge-points/${id}`, { token }), 'token'), 20);
    // Every service has received it: what is compared below does not change any more.
    const counted = async () => {
      const feedback = at<number>(await send('GET', '/api/feedback', { token }), 'results', 'meta', 'total');
      const balance = Number(at(await send('GET', '/api/user/balance', { token }), 'results', 'balance'));
      // In total: what a day has brought is nothing again after midnight.
      const one = (await send('GET', `/api/charge-points/${id}`, { token })).body as Record<string, string>;
      return feedback > 0 && balance > 0 && Number(one.total_earnings) > 0 && Number(one.rating) > 0;
    };
    await until(counted, 'a session of the demo');
    const own = async () => Promise.all(OWN.map(async (path) => [path, (await send('GET', path, { token })).body]));
    const before = await own();

    const report = join(HOME, 'newman.json');
    const given = ['--env-var', `baseUrl=${environment().TEST_GATEWAY_URL}`];
    const reporters = ['--reporters', 'json', '--reporter-json-export', report, '--suppress-exit-code'];
    await tool('newman', ['run', file, '-e', local, ...given, ...reporters, '--timeout-request', '60000']);

    const { run } = JSON.parse(readFileSync(report, 'utf8')) as Report;
    const failed = run.failures.map(({ source, error }) => {
      const code = run.executions.find(({ item }) => item.name === source?.name)?.response?.code;
      return `${source?.name} (${code}): ${error.message}`;
    });
    expect(failed).toEqual([]);
    const requests = readFileSync(file, 'utf8').match(/"listen": "test"/g);
    expect(run.executions).toHaveLength(requests?.length ?? 0);
    expect(run.executions.filter(({ assertions = [] }) => assertions.length === 0)).toEqual([]);
    expect(run.executions.at(-1)?.item.name).toBe('Logout');
    expect(await own()).toEqual(before);
    expect((await send('GET', '/api/user', { token })).status).toBe(200);
  });
});
