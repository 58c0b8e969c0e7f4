import { chargePointsAll, chargePointsCreate, chargePointsRemove, ordersTable } from './clients/hey-api';
import { client } from './clients/hey-api/client.gen';
import { baseUrl, POWER_CENTER, sortBy, tell, token } from './told.cjs';

client.setConfig({ baseUrl, auth: token, throwOnError: true });

async function run(): Promise<void> {
  const made = await chargePointsCreate({ body: POWER_CENTER, throwOnError: true });
  const before = await chargePointsAll({ throwOnError: true });
  await chargePointsRemove({ path: { id: made.data.id }, throwOnError: true });
  const after = await chargePointsAll({ throwOnError: true });
  const orders = await ordersTable({ query: { sortBy }, throwOnError: true });
  tell(before.data, made.data, after.data, orders.data.results.data);
}
void run();
