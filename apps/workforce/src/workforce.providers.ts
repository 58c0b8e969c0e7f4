import { CardsRepository } from './cards/cards.repository';
import { CashLedger } from './cash/cash.ledger';
import { WorkerCreation } from './workers/worker-creation';
import { WorkersRepository } from './workers/workers.repository';

/** The use cases' needs, for everyone who enters: requests, events, the demo. */
export const repositories = [CardsRepository, CashLedger, WorkerCreation, WorkersRepository];
