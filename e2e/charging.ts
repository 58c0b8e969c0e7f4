import { randomUUID } from 'node:crypto';
import { environment } from '@open-cpo/platform';
// eslint-disable-next-line @nx/enforce-module-boundaries -- a charging back end, as the demo plays one
import { Publisher } from '../tools/demo/publisher';
// eslint-disable-next-line @nx/enforce-module-boundaries -- as above
import { eventsOf } from '../tools/demo/session';

/** A driver has charged for some minutes at a power center, all it could take, and has rated it. */
export async function charge(token: string, minutes: number): Promise<void> {
  const publisher = await Publisher.open({ natsUrl: environment().TEST_NATS_URL ?? '' });
  const begin = new Date(Date.now() - 60 * 60_000);
  const feedback = { rating: '4.50', message: 'A good place.', minutesLater: 1 };
  const about = { token, connector: 1, driver: 7, rfid: null, requested: 'FULL', minutes, kilowatts: 3, feedback };
  await publisher.publishAll(eventsOf({ id: `journey-${randomUUID()}`, begin, ...about }));
  await publisher.close();
}
