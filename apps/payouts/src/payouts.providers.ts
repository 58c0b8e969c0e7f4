import { AccountClosedConsumer } from './accounts/account-closed.consumer';
import { Uploads } from '@open-cpo/files';
import { Ledger } from './ledger/ledger';
import { OrdersConsumer } from './ledger/orders.consumer';
import { AccountCountries } from './methods/account-countries';
import { Documents } from './methods/documents';
import { LedgerWatch } from './metrics/ledger-watch';
import { PayoutsGauges } from './metrics/payouts-gauges';
import { MethodChanges } from './methods/method-changes';
import { Methods } from './methods/methods';
import { MethodsRepository } from './methods/methods.repository';
import { LedgerProver } from './operators/ledger-proof';
import { Execution } from './payouts/execution';
import { StuckPayoutsSweeper } from './payouts/stuck-payouts.sweeper';
import { PayoutNews } from './payouts/payout.news';
import { PayoutsRepository } from './payouts/payouts.repository';
import { OrderProver } from './operators/order-proof';
import { Requesting } from './payouts/requesting';
import { Providers } from './providers/providers';
import { Secrets } from './secrets/secrets';

/** What requests and events need. */
export const useCases = [
  AccountCountries,
  Documents,
  Execution,
  Ledger,
  LedgerProver,
  MethodChanges,
  Methods,
  MethodsRepository,
  OrderProver,
  PayoutNews,
  PayoutsRepository,
  Providers,
  Requesting,
  Secrets,
  Uploads,
];

/** Who listens to orders, who looks after payouts that the queue has lost, and who shows how things stand. */
export const consumers = [AccountClosedConsumer, StuckPayoutsSweeper, LedgerWatch, OrdersConsumer, PayoutsGauges];
