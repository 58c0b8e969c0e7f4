import { environment } from '@open-cpo/platform';
import { fail, step } from '../stack/terminal';
import { loadBulk } from './bulk';
import { loadHistory } from './load';
import { demoOptions } from './options';
import { Publisher } from './publisher';

const { NATS_URL, NATS_USER, NATS_PASSWORD, PUBLIC_URL, NODE_ENV } = environment();
const settings = { natsUrl: NATS_URL ?? 'nats://127.0.0.1:4222', user: NATS_USER, password: NATS_PASSWORD };

async function main(): Promise<void> {
  if (NODE_ENV === 'production') throw new Error('There is no demo data in production.');
  const { url, days, orders } = demoOptions(process.argv.slice(2), PUBLIC_URL);
  if (orders !== undefined) {
    await step(`Loading ${orders} orders in bulk`, () => loadBulk(settings, orders));
    return;
  }
  const publisher = await Publisher.open(settings);
  await step(`Telling of the sessions of ${days} days`, () => loadHistory(publisher, url, days));
  await publisher.close();
}

main().then(() => process.exit(0), fail);
