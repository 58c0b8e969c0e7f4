import { join } from 'node:path';
import { environment } from '@open-cpo/platform';
import { until } from '@open-cpo/testing';
import { charge } from './charging';
import { at, newOwner, send } from './client';
import { GENERATORS, install, run, tool, workshop } from './generators/generate';

interface ClientOutput {
  readonly made: number;
  readonly before: number[];
  readonly after: number[];
  readonly sorted: string[];
}

describe('clients that others generate from the document', () => {
  const baseUrl = environment().TEST_GATEWAY_URL ?? '';
  let token: string;
  let folder: string;

  beforeAll(async () => {
    await install();
    ({ token } = await newOwner());
    const body = { title: 'Harbour', category: 'EV_CHARGER' };
    const made = await send('POST', '/api/charge-points', { token, body });
    for (const minutes of [10, 30, 20]) await charge(at(made, 'token'), minutes);
    const isKnown = async () => {
      const orders = at<{ status: number }[]>(await send('GET', '/api/orders', { token }), 'results', 'data');
      return orders.filter(({ status }) => status === 1).length === 3;
    };
    await until(isKnown, 'the sessions to be known');
  });

  it('are made, and compile under strict', async () => {
    const workplace = workshop((await send('GET', '/openapi.json')).text);
    ({ folder } = workplace);
    for (const [name, generate] of Object.entries(GENERATORS)) {
      await generate(workplace.input, join(folder, 'clients', name), baseUrl);
    }
    await tool('tsc', ['-p', join(folder, 'tsconfig.json')]);
  });

  it.each(Object.keys(GENERATORS))('create, list, delete and sort: %s', async (name) => {
    const output = JSON.parse(
      await run(process.execPath, [join(folder, 'built', `${name}.cjs`), baseUrl, token]),
    ) as ClientOutput;
    expect(output.before).toContain(output.made);
    expect(output.after).toEqual(output.before.filter((id) => id !== output.made));
    expect(output.sorted.map(Number)).toEqual([30, 20, 10]);
  });
});
