import createClient from 'openapi-fetch';
import type { paths } from './clients/openapi-typescript/schema';
import { authorization, baseUrl, POWER_CENTER, sortBy, tell } from './told.cjs';

const client = createClient<paths>({ baseUrl, headers: { authorization } });

async function run(): Promise<void> {
  const made = await client.POST('/api/charge-points', { body: POWER_CENTER });
  if (!made.data) throw new Error(JSON.stringify(made.error));
  const before = await client.GET('/api/charge-points');
  await client.DELETE('/api/charge-points/{id}', { params: { path: { id: made.data.id } } });
  const after = await client.GET('/api/charge-points');
  const orders = await client.GET('/api/orders', { params: { query: { sortBy } } });
  tell(before.data, made.data, after.data, orders.data?.results.data ?? []);
}
void run();
