import { AccountClosedConsumer } from './accounts/account-closed.consumer';
import { AccountLockedConsumer } from './accounts/account-locked.consumer';
import { Cards } from './cards/cards';
import { Partner } from './cards/partner';
import { ChargePointsConsumer } from './charge-points/charge-points.consumer';
import { ChargePointsRepository } from './charge-points/charge-points.repository';
import { ChargersRepository } from './chargers/chargers.repository';
import { NewChargers } from './chargers/new-chargers';
import { Faults } from './faults/faults';
import { CurrentLimits } from './limits/current-limits';
import { LimitsRepository } from './limits/limits.repository';
import { CardsConsumer } from './lists/cards.consumer';
import { LocalLists } from './lists/local-lists';
import { MessageLog } from './messages/message-log';
import { Actions } from './protocol/actions';
import { ConnectorStates } from './protocol/connector-states';
import { CurrentSockets } from './protocol/current-sockets';
import { Messages } from './protocol/messages';
import { Outages } from './protocol/outages';
import { Version16 } from './protocol/version16';
import { Cancellations } from './commands/cancellations';
import { CommandRunner } from './commands/command-runner';
import { CommandsRepository } from './commands/commands.repository';
import { Dispatcher } from './commands/dispatcher';
import { SettingsRepository } from './commands/settings.repository';
import { Progress } from './commands/progress';
import { Support } from './commands/support';
import { ReservedConnectors } from './reservations/reserved-connectors';
import { NewCommands } from './commands/new-commands';
import { OrdersConsumer } from './commands/orders.consumer';
import { Reminders } from './commands/reminders';
import { RemoteStops } from './commands/remote-stops';
import { StandardSettings } from './commands/standard-settings';
import { RefusedRepository } from './refused/refused.repository';
import { ReservationsRepository } from './reservations/reservations.repository';
import { SessionsRepository } from './sessions/sessions.repository';
import { ConnectionsRepository } from './sockets/connections.repository';
import { Presence } from './sockets/presence';
import { Sockets } from './sockets/sockets';
import { Upgrades } from './sockets/upgrades';
import { ChargerServer } from './sockets/websocket-server';
import { Metering } from './transactions/metering';
import { SessionEvents } from './transactions/session-events';
import { Starts } from './transactions/starts';
import { Stops } from './transactions/stops';
import { TransactionsRepository } from './transactions/transactions.repository';
import { OverdueBegins } from './v201/overdue-begins';
import { RemoteSessions } from './v201/remote-sessions';
import { StationActions } from './v201/station-actions';
import { KnownTransactions } from './v201/known-transactions';
import { StationTransactions } from './v201/station-transactions';
import { TransactionStatuses } from './v201/transaction-statuses';
import { TransactionEventsRepository } from './v201/transaction-events.repository';
import { Version201 } from './v201/version201';

export const useCases = [
  Cancellations,
  ChargePointsRepository,
  ChargersRepository,
  CommandsRepository,
  LimitsRepository,
  NewChargers,
  NewCommands,
  RefusedRepository,
  SessionsRepository,
  SettingsRepository,
  ReservationsRepository,
  ReservedConnectors,
  Support,
  TransactionsRepository,
  ConnectionsRepository,
  TransactionEventsRepository,
];

export const consumers = [
  ChargePointsConsumer,
  AccountClosedConsumer,
  AccountLockedConsumer,
  CardsConsumer,
  OrdersConsumer,
];

/** What takes the connections and messages of chargers. */
export const protocol = [
  Actions,
  Cards,
  ChargerServer,
  CommandRunner,
  ConnectorStates,
  CurrentLimits,
  CurrentSockets,
  Dispatcher,
  Faults,
  LocalLists,
  MessageLog,
  Messages,
  Metering,
  Outages,
  OverdueBegins,
  Partner,
  Presence,
  Progress,
  Reminders,
  RemoteSessions,
  RemoteStops,
  SessionEvents,
  Sockets,
  StandardSettings,
  Starts,
  StationActions,
  KnownTransactions,
  StationTransactions,
  Stops,
  TransactionStatuses,
  Upgrades,
  Version16,
  Version201,
];
