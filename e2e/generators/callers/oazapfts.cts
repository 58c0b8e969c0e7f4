import { chargePointsAll, chargePointsCreate, chargePointsRemove, defaults, ordersTable } from './clients/oazapfts/api';
import { authorization, baseUrl, POWER_CENTER, sortBy, tell } from './told.cjs';

defaults.baseUrl = baseUrl;
defaults.headers = { authorization };

async function run(): Promise<void> {
  const made = await chargePointsCreate(POWER_CENTER);
  if (made.status !== 200) throw new Error(JSON.stringify(made.data));
  const before = await chargePointsAll();
  await chargePointsRemove(made.data.id);
  const after = await chargePointsAll();
  const orders = await ordersTable({ sortBy });
  if (before.status !== 200 || after.status !== 200 || orders.status !== 200) throw new Error('A read was refused.');
  tell(before.data, made.data, after.data, orders.data.results.data);
}
void run();
