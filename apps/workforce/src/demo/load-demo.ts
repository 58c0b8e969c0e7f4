import { NestFactory } from '@nestjs/core';
import { Transactions } from '@open-cpo/persistence';
import { CashLedger } from '../cash/cash.ledger';
import type { WorkforceConfig } from '../config';
import { WorkersRepository } from '../workers/workers.repository';
import { DemoModule } from './demo.module';
import { DEMO_STAFF, type DemoStaff, lastDay } from './demo-workers';

const HAD = 'select 1 from workers where account_id = $1 limit 1';

/** Loads one account's workers, all or nothing; false when it ever had one. */
async function load(staff: DemoStaff, workers: WorkersRepository, ledger: CashLedger, transactions: Transactions) {
  const { accountId, currency } = staff;
  return transactions.run(async () => {
    if (await transactions.first(HAD, [accountId])) return false;
    for (const { names, email, rfid, days, cash } of staff.workers) {
      const [first_name, last_name] = names;
      const data = { first_name, last_name, email, rfid, expire_at: lastDay(days) };
      const { id: workerId } = await workers.add(data, { accountId, currency });
      const why = { operator: 'demo', reason: 'Carried over from the paper book' };
      if (cash) await ledger.post({ accountId, workerId, kind: 'corrected', amount: cash, currency, ...why });
    }
    return true;
  });
}

/**
 * Loads the demo's workers and returns the accounts that got theirs; none at a second time.
 * @throws Error in production
 */
export async function loadDemo(config: WorkforceConfig): Promise<number[]> {
  // The cards of the demo are published.
  if (config.production) throw new Error('There is no demo data in production.');
  const app = await NestFactory.createApplicationContext(DemoModule.forRoot(config), { logger: false });
  try {
    const loaded: number[] = [];
    for (const staff of DEMO_STAFF) {
      const done = await load(staff, app.get(WorkersRepository), app.get(CashLedger), app.get(Transactions));
      if (done) loaded.push(staff.accountId);
    }
    return loaded;
  } finally {
    await app.close();
  }
}
