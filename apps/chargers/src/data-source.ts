import type { PersistenceOptions } from '@open-cpo/persistence';
import { Chargers1796041000000 } from './migrations/1796041000000-chargers';
import { ChargePointTokens1796048100000 } from './migrations/1796048100000-charge-point-tokens';
import { TransactionEvents1796068000000 } from './migrations/1796068000000-transaction-events';
import { Commands1796070000000 } from './migrations/1796070000000-commands';
import { Faults1796072000000 } from './migrations/1796072000000-faults';
import { Refused1796074000000 } from './migrations/1796074000000-refused';
import { AccountLocks1796086000000 } from './migrations/1796086000000-account-locks';
import { TransactionBounds1796076000000 } from './migrations/1796076000000-transaction-bounds';
import { RequestedSessions1796088000000 } from './migrations/1796088000000-requested-sessions';
import { ListsAndReservations1796090000000 } from './migrations/1796090000000-lists-and-reservations';
import { CurrentLimits1796092000000 } from './migrations/1796092000000-current-limits';
import { ClientCertificates1796094000000 } from './migrations/1796094000000-client-certificates';
import { CancelledCommands1796096000000 } from './migrations/1796096000000-cancelled-commands';
import { ChargerHolders1796098000000 } from './migrations/1796098000000-charger-holders';
import { MessagePartitions1796099000000 } from './migrations/1796099000000-message-partitions';
import { PartnersAndSwitches1796140000000 } from './migrations/1796140000000-partners-and-switches';
import { StandardSettings1796142000000 } from './migrations/1796142000000-standard-settings';
import { ChargersOfHolder1796144000000 } from './migrations/1796144000000-chargers-of-holder';
import { ChargersAway1796146000000 } from './migrations/1796146000000-chargers-away';
import { Replicas1796150000000 } from './migrations/1796150000000-replicas';
import { RegistersAndEnds1796200000000 } from './migrations/1796200000000-registers-and-ends';
import { TransactionsOfCharger1796200000001 } from './migrations/1796200000001-transactions-of-charger';

/** The service's database. Its tables are written in SQL and have no entities. */
export const database = (url: string, pool?: number): PersistenceOptions => ({
  name: 'chargers',
  url,
  pool,
  migrations: [
    Chargers1796041000000,
    ChargePointTokens1796048100000,
    TransactionEvents1796068000000,
    Commands1796070000000,
    Faults1796072000000,
    Refused1796074000000,
    TransactionBounds1796076000000,
    AccountLocks1796086000000,
    RequestedSessions1796088000000,
    ListsAndReservations1796090000000,
    CurrentLimits1796092000000,
    ClientCertificates1796094000000,
    CancelledCommands1796096000000,
    ChargerHolders1796098000000,
    MessagePartitions1796099000000,
    PartnersAndSwitches1796140000000,
    StandardSettings1796142000000,
    ChargersOfHolder1796144000000,
    ChargersAway1796146000000,
    Replicas1796150000000,
    RegistersAndEnds1796200000000,
    TransactionsOfCharger1796200000001,
  ],
});
