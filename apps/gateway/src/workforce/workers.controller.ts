import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChangeWorker,
  type CreateWorker,
  type ListWorkers,
  type ReplaceWorker,
  type WorkerCashRef,
  type WorkerRef,
  workforceWorkers as workers,
} from '@open-cpo/contracts';
import { Bus } from '@open-cpo/messaging';
import { From, Input, Route } from '../http/route';
import { Lists, Rows } from '../http/rows';

const reset = {
  title: "Reset a worker's balance.",
  description: 'Sets the cash that a worker holds to 0, when it was handed over. The change is in the audit trail.',
  calls: workers.resetBalance,
  can: 'workers.update',
} as const;
const update = {
  title: 'Update an existing worker.',
  description: "Changes a worker's name, e-mail address, RFID card and the date on which the card expires.",
  can: 'workers.update',
} as const;

@Controller('api/workers')
export class WorkersController {
  constructor(
    private readonly bus: Bus,
    private readonly lists: Lists,
  ) {}

  @Route('GET', 'datatable', {
    title: 'Workers list. (datatable)',
    description: 'One page of the workers of the account, newest first, with the total number of matches.',
    calls: workers.table,
    can: 'workers.view',
  })
  table(@Input() input: ListWorkers, @From() caller: Caller) {
    return this.lists.page(workers.table, workers.all, input, caller);
  }

  /** A GET that writes (reference L4248): repeating it changes nothing. */
  @Route('GET', ':worker_id/reset-balance', { ...reset, changes: true })
  resetByGet(@Input() input: WorkerCashRef, @From() caller: Caller) {
    return this.bus.bytes(workers.resetBalance, input, caller);
  }

  /** The same for clients that do not write by GET. */
  @Route('POST', ':worker_id/reset-balance', { ...reset, changes: true })
  reset(@Input() input: WorkerCashRef, @From() caller: Caller) {
    return this.bus.bytes(workers.resetBalance, input, caller);
  }

  /** All workers, yet in the form of a page (reference L4296). */
  @Route('GET', '', {
    title: 'Workers list.',
    description: 'Lists the workers of the account, newest first; all of them unless `itemsPerPage` is sent.',
    calls: workers.all,
    rows: 'page',
    can: 'workers.view',
  })
  all(@Input() input: ListWorkers, @From() caller: Caller) {
    return new Rows(this.bus.stream(workers.all, input, caller), 'page');
  }

  @Route('POST', '', {
    title: 'Create a new worker.',
    description: "Creates a worker with an RFID card, which is accepted at the account's chargers until it expires.",
    calls: workers.create,
    can: 'workers.create',
  })
  create(@Input() input: CreateWorker, @From() caller: Caller) {
    return this.bus.bytes(workers.create, input, caller);
  }

  @Route('GET', ':id', {
    title: 'Get details of a specific worker.',
    description: 'Answers a worker with the RFID card and the cash that the worker holds.',
    calls: workers.one,
    can: 'workers.view',
  })
  one(@Input() input: WorkerRef, @From() caller: Caller) {
    return this.bus.bytes(workers.one, input, caller);
  }

  @Route('PUT', ':id', { ...update, calls: workers.replace })
  replace(@Input() input: ReplaceWorker, @From() caller: Caller) {
    return this.bus.bytes(workers.replace, input, caller);
  }

  @Route('PATCH', ':id', { ...update, calls: workers.change })
  change(@Input() input: ChangeWorker, @From() caller: Caller) {
    return this.bus.bytes(workers.change, input, caller);
  }

  @Route('DELETE', ':id', {
    title: 'Delete a worker.',
    description: 'Deletes a worker. The RFID card is no longer accepted.',
    calls: workers.remove,
    can: 'workers.delete',
  })
  remove(@Input() input: WorkerRef, @From() caller: Caller) {
    return this.bus.bytes(workers.remove, input, caller);
  }
}
