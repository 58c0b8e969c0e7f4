import { BatchInbox } from '@open-cpo/persistence';
import { Accounts } from './accounts/accounts';
import { BackEndsConsumer } from './back-ends/back-ends.consumer';
import { BackEndsRepository } from './back-ends/back-ends.repository';
import { ChargePointsConsumer } from './charge-points/charge-points.consumer';
import { ChargePointsRepository } from './charge-points/charge-points.repository';
import { FeedbackConsumer } from './feedback/feedback.consumer';
import { FeedbackRepository } from './feedback/feedback.repository';
import { WaitingFeedback } from './feedback/waiting-feedback';
import { OrdersGauges } from './metrics/orders-gauges';
import { Bulk } from './operators/bulk';
import { Tariffs } from './charge-points/tariffs';
import { Corrections } from './operators/corrections';
import { AccountCounts } from './operators/account-counts';
import { PowerCenterFigures } from './operators/power-center-figures';
import { HeldOrderReview } from './operators/held-orders';
import { Rebuild } from './operators/rebuild';
import { ProjectionRebuild } from './operators/projection-rebuild';
import { Closing } from './orders/closing';
import { CounterRepository } from './orders/counter.repository';
import { Opening } from './orders/opening';
import { OrderReconciler } from './orders/order-reconciler';
import { OrderWrites } from './orders/order.writes';
import { OrdersRepository } from './orders/orders.repository';
import { HeldSessions } from './sessions/held-sessions';
import { OvertakenEvents } from './sessions/overtaken';
import { CompletedOrdersReader } from './operators/completed-orders';
import { SessionEventsConsumer } from './sessions/session-events.consumer';
import { SessionsRepository } from './sessions/sessions.repository';
import { Silence } from './sessions/silence';
import { TimeLimits } from './sessions/time-limits';

/** What requests and events need. */
export const useCases = [
  AccountCounts,
  Accounts,
  BackEndsRepository,
  BatchInbox,
  Bulk,
  ChargePointsRepository,
  Closing,
  CompletedOrdersReader,
  Corrections,
  FeedbackRepository,
  CounterRepository,
  HeldOrderReview,
  Opening,
  OrderReconciler,
  OrdersRepository,
  OrderWrites,
  PowerCenterFigures,
  Rebuild,
  ProjectionRebuild,
  SessionsRepository,
  Tariffs,
  WaitingFeedback,
];

/** Consumers, the sweepers of silent and held sessions, and metrics. */
export const consumers = [
  BackEndsConsumer,
  ChargePointsConsumer,
  FeedbackConsumer,
  HeldSessions,
  OvertakenEvents,
  SessionEventsConsumer,
  OrdersGauges,
  Silence,
  TimeLimits,
];
