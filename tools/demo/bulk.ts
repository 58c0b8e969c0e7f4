import { ordersOperators } from '@open-cpo/contracts';
import { say } from '../stack/terminal';
import { Desk, type DeskSettings } from '../operator/desk';

const CHUNK = 5000;

/** Fills the first owner's list for measuring, in chunks of many rows, and says how far it is. */
export async function loadBulk(settings: DeskSettings, orders: number): Promise<void> {
  const desk = await Desk.open(settings);
  const begun = Date.now();
  try {
    for (let loaded = 0; loaded < orders;) {
      const count = Math.min(CHUNK, orders - loaded);
      await desk.ask(ordersOperators.load, { accountId: 1, count, by: desk.by });
      loaded += count;
      if (loaded % (10 * CHUNK) === 0 || loaded === orders) {
        const rate = Math.round((loaded * 1000) / (Date.now() - begun));
        say(`  ${loaded} of ${orders} orders (${Math.round((100 * loaded) / orders)} %, ${rate} a second)`);
      }
    }
  } finally {
    await desk.close();
  }
}
