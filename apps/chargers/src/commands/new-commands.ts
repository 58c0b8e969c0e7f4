import { Injectable } from '@nestjs/common';
import { type Caller, ownerOf, Refusal } from '@open-cpo/contracts';
import type { Command } from '@open-cpo/ocpp';
import { Audit } from '@open-cpo/persistence';
import { requestView } from './command.views';
import { CommandsRepository } from './commands.repository';
import { Dispatcher } from './dispatcher';

/** Commands of a charger that are not answered yet. */
export const MAX_WAITING_COMMANDS = 20;
export const TOO_MANY = 'The charger has not answered the commands before yet.';

/** A command that an owner asks for. */
export interface AskedCommand {
  readonly chargerId: number;
  readonly command: Command;
  readonly transactionId?: number;
  readonly reason?: 'order';
  /** Whether it makes no sense for a charger that is away: it is refused then. */
  readonly connected?: boolean;
}

/** Makes the commands of owners, with their entries in the audit trail. */
@Injectable()
export class NewCommands {
  constructor(
    private readonly repository: CommandsRepository,
    private readonly dispatcher: Dispatcher,
    private readonly audit: Audit,
  ) {}

  /** Part of the current transaction; answers its id. @throws Refusal `too_many_requests`, or `conflict` for one that is away */
  async add({ connected, ...made }: AskedCommand, caller: Caller): Promise<number> {
    const { accountId, userId } = ownerOf(caller);
    const { chargerId, command } = made;
    const { n, away } = await this.repository.waiting(accountId, chargerId);
    if (away && connected) throw new Refusal('conflict', { message: 'The charger is not connected.' });
    if (n >= MAX_WAITING_COMMANDS) {
      throw new Refusal('too_many_requests', { message: TOO_MANY });
    }
    // The broker is asked after the commit: it may take seconds to answer.
    const state = away ? 'not_connected' : 'queued';
    const id = await this.repository.add({ ...made, accountId, userId, state });
    // A card is a person's: the audit trail says what was done, not with whose.
    const after = { command: command.type, command_id: id, ...requestView(command, false) };
    await this.audit.write({ subject: 'charger', id: chargerId, after }, caller);
    if (state === 'queued') this.dispatcher.dispatchAfterCommit(id, chargerId);
    return id;
  }
}
