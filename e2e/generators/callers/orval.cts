import { chargePointsAll, chargePointsCreate, chargePointsRemove, ordersTable } from './clients/orval/api';
import { authorization, POWER_CENTER, sortBy, tell } from './told.cjs';

const options = { headers: { authorization } };

async function run(): Promise<void> {
  const made = await chargePointsCreate(POWER_CENTER, options);
  if (made.status !== 200) throw new Error(JSON.stringify(made.data));
  const before = await chargePointsAll({}, options);
  await chargePointsRemove(made.data.id, options);
  const after = await chargePointsAll({}, options);
  const orders = await ordersTable({ sortBy }, options);
  if (orders.status !== 200) throw new Error(JSON.stringify(orders.data));
  tell(before.data, made.data, after.data, orders.data.results.data);
}
void run();
