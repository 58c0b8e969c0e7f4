import { Controller } from '@nestjs/common';
import {
  type Caller,
  type CardHolder,
  type CardQuery,
  type CardsQuery,
  type ChangeWorker,
  type CreateWorker,
  type FieldErrors,
  type HandlersOf,
  type ListedCards,
  type ListWorkers,
  ownerOf,
  type Page,
  Refusal,
  type ReplaceWorker,
  type Worker,
  type WorkerCashRef,
  type WorkerRef,
  workforceWorkers,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { CardsRepository } from '../cards/cards.repository';
import { CashLedger } from '../cash/cash.ledger';
import { WorkerCreation } from './worker-creation';
import { changesOf } from './worker.rules';
import { WorkersRepository } from './workers.repository';

const subject = 'worker';
const HOLDS_CASH = 'The worker holds cash. Reset the balance first.';

@Controller()
export class WorkersHandler implements HandlersOf<typeof workforceWorkers> {
  constructor(
    private readonly repository: WorkersRepository,
    private readonly held: CardsRepository,
    private readonly cash: CashLedger,
    private readonly audit: Audit,
    private readonly creation: WorkerCreation,
  ) {}

  @Handles(workforceWorkers.table)
  table(input: ListWorkers, caller: Caller): Promise<Page<Worker>> {
    return this.repository.page(input, ownerOf(caller));
  }

  @Handles(workforceWorkers.all)
  all(input: ListWorkers, caller: Caller): AsyncIterable<Worker> {
    return this.repository.all(input, ownerOf(caller));
  }

  @Handles(workforceWorkers.one)
  one({ id }: WorkerRef, caller: Caller): Promise<Worker> {
    return this.repository.owned(id, ownerOf(caller));
  }

  @Handles(workforceWorkers.create, { finishesValidation: true })
  create(input: CreateWorker, caller: Caller, errors: FieldErrors): Promise<Worker> {
    return this.creation.create(input, caller, errors);
  }

  @Handles(workforceWorkers.replace, { finishesValidation: true })
  async replace(input: ReplaceWorker, caller: Caller, errors: FieldErrors): Promise<Worker> {
    return this.update(input, caller, errors);
  }

  @Handles(workforceWorkers.change, { finishesValidation: true })
  async change(input: ChangeWorker, caller: Caller, errors: FieldErrors): Promise<Worker> {
    return this.update(input, caller, errors);
  }

  @Handles(workforceWorkers.remove)
  async remove({ id }: WorkerRef, caller: Caller): Promise<void> {
    const before = await this.repository.owned(id, ownerOf(caller));
    // Nobody could collect it afterwards: a worker who is gone has no balance to reset.
    if ((await this.cash.held(id)).length > 0) throw new Refusal('conflict', { message: HOLDS_CASH });
    await this.repository.remove(id, ownerOf(caller));
    await this.audit.write({ subject, id, before }, caller);
  }

  @Handles(workforceWorkers.resetBalance)
  async resetBalance({ worker_id: id }: WorkerCashRef, caller: Caller): Promise<void> {
    const owner = ownerOf(caller);
    await this.repository.owned(id, owner);
    const handed_over = await this.cash.handOver(id, owner);
    if (handed_over.length === 0) return this.audit.unchanged();
    await this.audit.write({ subject, id, after: { handed_over } }, caller);
  }

  @Handles(workforceWorkers.byCard)
  byCard(input: CardQuery): Promise<CardHolder> {
    return this.held.holder(input);
  }

  @Handles(workforceWorkers.cards)
  cards(input: CardsQuery): Promise<ListedCards> {
    return this.held.listed(input);
  }

  /** Whose worker it is comes before what is wrong with the request: a stranger's body is nobody's business. */
  private async update(input: ChangeWorker, caller: Caller, errors: FieldErrors): Promise<Worker> {
    const owner = ownerOf(caller);
    const before = await this.repository.owned(input.id, owner);
    const { id } = before;
    await this.repository.checkCard(input.rfid, owner, errors, id);
    errors.throwIfAny();
    const changes = changesOf(before, input);
    if (Object.keys(changes).length === 0) {
      this.audit.unchanged();
      return before;
    }
    await this.repository.change(id, changes, owner);
    const after = await this.repository.owned(id, owner);
    await this.audit.write({ subject, id, before, after }, caller);
    return after;
  }
}
