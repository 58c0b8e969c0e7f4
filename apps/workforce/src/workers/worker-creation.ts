import { Injectable } from '@nestjs/common';
import { type Caller, type CreateWorker, type FieldErrors, ownerOf, type Worker } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { WorkersRepository } from './workers.repository';

/** Enters a worker, whoever asks for it: a request or an import. */
@Injectable()
export class WorkerCreation {
  constructor(
    private readonly repository: WorkersRepository,
    private readonly audit: Audit,
  ) {}

  async create(input: CreateWorker, caller: Caller, errors: FieldErrors): Promise<Worker> {
    const owner = ownerOf(caller);
    // The index refuses a card that is taken; it is looked for only where a request is refused anyway, with all its faults.
    if (!errors.empty) await this.repository.checkCard(input.rfid, owner, errors);
    errors.throwIfAny();
    const { first_name, last_name, email, rfid, expire_at } = input;
    const after = await this.repository.add({ first_name, last_name, email, rfid, expire_at }, owner);
    await this.audit.write({ action: 'workers.create', subject: 'worker', id: after.id, after }, caller);
    return after;
  }
}
