import { Injectable } from '@nestjs/common';
import { type Caller, type ChargerCommand, ownerOf, Refusal } from '@open-cpo/contracts';
import { Audit } from '@open-cpo/persistence';
import { ChargersRepository } from '../chargers/chargers.repository';
import { CommandsRepository } from './commands.repository';

type Cancelled = Pick<ChargerCommand, 'type' | 'state' | 'transaction_id'>;

/** Withdraws commands that have done nothing yet, with their entries in the audit trail. */
@Injectable()
export class Cancellations {
  constructor(
    private readonly chargers: ChargersRepository,
    private readonly commands: CommandsRepository,
    private readonly audit: Audit,
  ) {}

  /**
   * Part of the current transaction; one that is cancelled stays so.
   * @throws Refusal `not_found`, or `conflict` for one that has an effect, or has ended otherwise
   */
  async cancel(chargerId: number, id: number, caller: Caller): Promise<void> {
    const { accountId } = ownerOf(caller);
    // Sessions begin under the same lock: one either has begun before, or does not begin with this command.
    await this.chargers.lock(chargerId, accountId);
    const command = await this.commands.one(accountId, chargerId, id);
    if (!command) throw new Refusal('not_found');
    if (command.state === 'cancelled') return this.audit.unchanged();
    if (!(await this.commands.cancel(accountId, chargerId, id))) {
      throw new Refusal('conflict', { message: whyNot(command) });
    }
    const after = { command: 'cancel', command_id: id, type: command.type };
    const before = { state: command.state };
    await this.audit.write({ subject: 'charger', id: chargerId, before, after }, caller);
  }
}

function whyNot({ type, state, transaction_id }: Cancelled): string {
  if (type === 'start' && transaction_id !== null) return 'Its session has begun.';
  if (type === 'start' && state === 'sent') return 'A start with a card cannot be cancelled once it was sent.';
  return `It is ${state}.`;
}
