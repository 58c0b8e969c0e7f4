import { Injectable } from '@nestjs/common';
import type { Caller, ImportedWorker } from '@open-cpo/contracts';
import { eachInPart, type Importer, type RowToImport, Transactions } from '@open-cpo/persistence';
import { WorkerCreation } from '../workers/worker-creation';
import { RFID_TAKEN } from '../workers/workers.repository';

/** Enters workers as their owner would, one by one. */
@Injectable()
export class WorkerImporter implements Importer<ImportedWorker> {
  readonly batch = 50;
  readonly unique = { rfid: RFID_TAKEN };

  constructor(
    private readonly transactions: Transactions,
    private readonly creation: WorkerCreation,
  ) {}

  add(rows: readonly RowToImport<ImportedWorker>[], caller: Caller): Promise<void> {
    return eachInPart(this.transactions, rows, ({ input, errors }) => this.creation.create(input, caller, errors));
  }
}
