import { ordersOperators, Refusal } from '@open-cpo/contracts';
import { Client } from 'pg';
import { OperatorConsole } from '../../tools/operator/console';
import { operator } from '../../tools/stack/apps';
import { pause } from '../../tools/stack/processes';
import { brokerCredential } from '../../tools/stack/start/app-environment';
import type { BenchStack } from '../stack/bench-stack';

/** Orders that are loaded in one call. */
const CHUNK = 2000;
/** Milliseconds between two tries, while the services still hear of the power centers or the machine is busy. */
const POLL_INTERVAL_MS = 500;

/** Makes completed orders up for an account, and has the database know how many there are. */
export async function loadOrders(stack: BenchStack, accountId: number, orders: number): Promise<void> {
  const { NATS_USER: user, NATS_PASSWORD: password, CALL_KEYS: callKeys } = brokerCredential(operator, stack.facts);
  const operatorConsole = await OperatorConsole.open({ natsUrl: stack.addresses.natsUrl, user, password, callKeys });
  try {
    for (let loaded = 0; loaded < orders;) {
      const count = Math.min(CHUNK, orders - loaded);
      const more = await operatorConsole
        .ask(ordersOperators.load, { accountId, count, by: operatorConsole.by })
        .catch(noneYet);
      loaded += more.loaded;
      if (more.loaded === 0) await pause(POLL_INTERVAL_MS);
    }
  } finally {
    await operatorConsole.close();
  }
  const client = new Client({ connectionString: stack.databaseUrl('orders') });
  await client.connect();
  await client.query('vacuum analyze').finally(() => client.end());
}

/** What was late was rolled back as a whole. */
function noneYet(error: unknown): { loaded: number } {
  if (error instanceof Refusal && error.kind === 'deadline') return { loaded: 0 };
  throw error;
}
