import { Databases } from '../checks/databases';
import { Journal } from '../journal/journal';
import { Balancer } from '../load/balancer';
import { ChargerFleet } from '../load/charger-fleet';
import { Client } from '../load/client';
import { Feed } from '../load/feed';
import { chargers, ownerOf, webhookTo } from '../load/people';
import { Receiver } from '../load/receiver';
import { Sessions } from '../load/sessions';
import type { FaultEnvironment } from './fault-environment';

/** What the people around a platform have to know of it. */
export type EnvironmentUnderTest = Pick<
  FaultEnvironment,
  'apps' | 'addresses' | 'gateways' | 'inboxUrl' | 'prefix' | 'provider' | 'secrets'
> &
  Partial<Pick<FaultEnvironment, 'chargerUrls'>>;

/** What is the same for all faults of a run. */
export interface TestContext<Platform extends EnvironmentUnderTest = FaultEnvironment> {
  readonly environment: Platform;
  readonly owner: Client;
  readonly journal: Journal;
  readonly sessions: Sessions;
  /** None where chargers cannot connect. */
  readonly fleet: ChargerFleet;
  readonly databases: Databases;
  readonly feed: Feed;
  readonly receiver: Receiver;
  /** The last event before the receiver was known. */
  readonly since: number;
}

/** The people and programs around a platform that has started: an owner, their server, a charging back end. */
export async function openContext<Platform extends EnvironmentUnderTest>(
  environment: Platform,
): Promise<TestContext<Platform>> {
  const owner = await ownerOf(new Client(new Balancer(environment.gateways)));
  const journal = new Journal();
  const databases = new Databases(environment.addresses.databaseAdminUrl, environment.prefix);
  const feed = new Feed(owner);
  const receiver = await Receiver.start();
  await webhookTo(receiver.url, owner);
  const since = await databases.number(
    'notifications',
    'select coalesce(max(head), 0) from feeds where account_id = 1',
  );
  const backEnd = { natsUrl: environment.addresses.natsUrl, password: environment.secrets.password('nats.charging') };
  const sessions = await Sessions.open(backEnd, journal, await chargers(owner));
  const fleet = await ChargerFleet.of(owner, environment.chargerUrls ?? [], journal);
  return { environment, owner, journal, sessions, fleet, databases, feed, receiver, since };
}

export async function closeContext({
  owner,
  sessions,
  fleet,
  databases,
  feed,
  receiver,
}: TestContext<EnvironmentUnderTest>): Promise<void> {
  feed.close();
  fleet.close();
  await sessions.close();
  await databases.close();
  await receiver.stop();
  owner.balancer.close();
}
