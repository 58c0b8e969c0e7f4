import { Client } from 'pg';
import { concurrently } from '../../tools/stack/concurrently';
import { step } from '../../tools/stack/terminal';
import type { BenchStack } from '../stack/bench-stack';
import { type Cost, costOf, type Meter } from './processes';
import type { SwarmCharger } from './swarm';

/** Chargers that charge, and of how many a message is under way at once. */
const CHARGING = 400;
const AT_ONCE = 64;
const STEP_WH = 5;
/** Of one charger: more at once wait for their turn. */
const MOST_OF_ONE = 150;

export interface Readings {
  readonly answered: number;
  /** Transactions whose last answered reading is not the one in the database. */
  readonly wrong: number;
  readonly cost: Cost;
}

const reading = (transactionId: number, wh: number) => {
  const timestamp = new Date().toISOString();
  const value = (measurand: string, unit: string, text: string) => ({ value: text, measurand, unit });
  const sampledValue = [
    value('Energy.Active.Import.Register', 'Wh', String(wh)),
    value('Power.Active.Import', 'W', '7360'),
    value('Current.Import', 'A', '32'),
    value('Voltage', 'V', '230'),
  ];
  return { connectorId: 1, transactionId, meterValue: [{ timestamp, sampledValue }] };
};

interface Charging {
  readonly charger: SwarmCharger;
  readonly transaction: number;
  wh: number;
  sent: number;
}

const STORED = 'select id, last_wh::float8 as wh from transactions where id = any($1::int[])';

/** Readings of sessions that go on, as fast as they are answered, for so many seconds. */
export async function readings(
  stack: BenchStack,
  swarm: readonly SwarmCharger[],
  meter: Meter,
  seconds: number,
): Promise<Readings> {
  const charging: Charging[] = [];
  await step('Sessions begin', () =>
    concurrently(16, swarm.slice(0, CHARGING), async (charger) => {
      const timestamp = new Date().toISOString();
      const begin = { connectorId: 1, idTag: 'BE7C', meterStart: 0, timestamp };
      const { transactionId } = await charger.call('StartTransaction', begin);
      charging.push({ charger, transaction: Number(transactionId), wh: 100, sent: 0 });
    }),
  );
  let answered = 0;
  const cost = await step(`Readings for ${seconds} s`, () =>
    costOf(meter, async () => {
      const end = performance.now() + seconds * 1000;
      const idle = [...charging];
      const worker = async (): Promise<void> => {
        for (let one = idle.shift(); one && performance.now() < end; one = idle.shift()) {
          const wh = one.wh + STEP_WH;
          await one.charger.call('MeterValues', reading(one.transaction, wh));
          Object.assign(one, { wh, sent: one.sent + 1 });
          answered += 1;
          if (one.sent < MOST_OF_ONE) idle.push(one);
        }
      };
      await Promise.all(Array.from({ length: Math.min(AT_ONCE, charging.length) }, worker));
    }),
  );
  return { answered, wrong: await wrongIn(stack.databaseUrl('chargers'), charging), cost };
}

async function wrongIn(url: string, charging: readonly Charging[]): Promise<number> {
  const database = new Client({ connectionString: url });
  await database.connect();
  try {
    const ids = charging.map(({ transaction }) => transaction);
    const { rows } = await database.query<{ id: number; wh: number }>(STORED, [ids]);
    const stored = new Map(rows.map(({ id, wh }) => [id, wh]));
    return charging.filter(({ transaction, wh, sent }) => sent > 0 && stored.get(transaction) !== wh).length;
  } finally {
    await database.end();
  }
}
