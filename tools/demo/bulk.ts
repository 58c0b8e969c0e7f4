import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { ordersOperators, Refusal } from '@open-cpo/contracts';
import { say } from '../stack/terminal';
import { OperatorConsole, type OperatorConsoleSettings } from '../operator/console';

const CHUNK = 5000;
const TRIES = 5;

/** Fills the first owner's list for measuring, in chunks of many rows, and says how far it is. */
export async function loadBulk(settings: OperatorConsoleSettings, orders: number): Promise<void> {
  const operatorConsole = await OperatorConsole.open(settings);
  const begun = Date.now();
  try {
    for (let loaded = 0; loaded < orders;) {
      const count = Math.min(CHUNK, orders - loaded);
      const key = randomUUID();
      await patiently(() =>
        operatorConsole.ask(ordersOperators.load, { accountId: 1, count, by: operatorConsole.by }, key),
      );
      loaded += count;
      if (loaded % (10 * CHUNK) === 0 || loaded === orders) {
        const rate = Math.round((loaded * 1000) / (Date.now() - begun));
        say(`  ${loaded} of ${orders} orders (${Math.round((100 * loaded) / orders)} %, ${rate} a second)`);
      }
    }
  } finally {
    await operatorConsole.close();
  }
}

/** A database that writes as much as it can takes longer now and then than a call may. */
export async function patiently<T>(ask: () => Promise<T>, rest = 1000): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await ask();
    } catch (error) {
      const passing = error instanceof Refusal && (error.retryAfter !== undefined || error.kind === 'deadline');
      if (!passing || tries === TRIES) throw error;
      await pause(rest * tries);
    }
  }
}
