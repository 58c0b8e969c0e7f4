import { Api } from './clients/swagger-typescript-api/api';
import { authorization, baseUrl, POWER_CENTER, sortBy, tell } from './told.cjs';

const { api } = new Api({ baseUrl, baseApiParams: { headers: { authorization } } });

async function run(): Promise<void> {
  const made = await api.chargePointsCreate(POWER_CENTER);
  const before = await api.chargePointsAll();
  await api.chargePointsRemove(made.data.id);
  const after = await api.chargePointsAll();
  const orders = await api.ordersTable({ sortBy });
  tell(before.data, made.data, after.data, orders.data.results.data);
}
void run();
