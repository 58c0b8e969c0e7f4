import { AccountClosedConsumer } from './accounts/account-closed.consumer';
import { Cards } from './cards/cards';
import { ChargePointsConsumer } from './charge-points/charge-points.consumer';
import { ChargePointsRepository } from './charge-points/charge-points.repository';
import { ChargersRepository } from './chargers/chargers.repository';
import { MessageLog } from './messages/message-log';
import { Actions } from './protocol/actions';
import { ConnectorStates } from './protocol/connector-states';
import { CurrentSockets } from './protocol/current-sockets';
import { Messages } from './protocol/messages';
import { Outages } from './protocol/outages';
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

export const useCases = [ChargePointsRepository, ChargersRepository, TransactionsRepository, ConnectionsRepository];

export const consumers = [ChargePointsConsumer, AccountClosedConsumer];

/** What takes the connections and messages of chargers. */
export const protocol = [
  Actions,
  Cards,
  ChargerServer,
  ConnectorStates,
  CurrentSockets,
  MessageLog,
  Messages,
  Metering,
  Outages,
  Presence,
  SessionEvents,
  Sockets,
  Starts,
  Stops,
  Upgrades,
];
