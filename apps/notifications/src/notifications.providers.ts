import { AccountClosedConsumer } from './accounts/account-closed.consumer';
import { FeedRepository } from './feed/feed.repository';
import { FeedWriter } from './feed/feed-writer';
import { Publishing } from './feed/publishing';
import { Retention } from './feed/retention';
import { Tickets } from './feed/tickets';
import { NotificationsGauges } from './metrics/notifications-gauges';
import { ChargersConsumer } from './sources/chargers.consumer';
import { FeedbackConsumer } from './sources/feedback.consumer';
import { OrdersConsumer } from './sources/orders.consumer';
import { PayoutsConsumer } from './sources/payouts.consumer';
import { PowerCentersConsumer } from './sources/power-centers.consumer';
import { PowerCentersRepository } from './sources/power-centers.repository';
import { Secrets } from './secrets/secrets';
import { Deliveries } from './webhooks/deliveries';
import { AccountStates } from './webhooks/account-states';
import { StuckDeliveriesSweeper } from './webhooks/stuck-deliveries.sweeper';
import { WebhooksRepository } from './webhooks/webhooks.repository';

/** What requests and events need. */
export const useCases = [
  Deliveries,
  FeedRepository,
  FeedWriter,
  PowerCentersRepository,
  Publishing,
  Secrets,
  Tickets,
  WebhooksRepository,
];

/** Who listens to other services, who forgets what is old, and who shows how things stand. */
export const consumers = [
  AccountClosedConsumer,
  AccountStates,
  ChargersConsumer,
  FeedbackConsumer,
  StuckDeliveriesSweeper,
  NotificationsGauges,
  OrdersConsumer,
  PayoutsConsumer,
  PowerCentersConsumer,
  Retention,
];
