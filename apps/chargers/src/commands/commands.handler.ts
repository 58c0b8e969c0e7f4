import { randomBytes } from 'node:crypto';
import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChargerCommand,
  chargerCommands,
  type ChargerCommands,
  type ChargerConfiguration,
  type ChargerRef,
  type CommandRef,
  type FieldErrors,
  type HandlersOf,
  type ListCommands,
  type OrderToStop,
  ownerOf,
  Refusal,
  type SendCommand,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import type { Command } from '@open-cpo/ocpp';
import { Audit } from '@open-cpo/persistence';
import { ChargersRepository } from '../chargers/chargers.repository';
import { maySeeCards } from '../chargers/message.views';
import { commandOf } from './command-input';
import { commandView, settingView } from './command.views';
import { CommandsRepository } from './commands.repository';
import { Dispatcher } from './dispatcher';

const COMMANDS_PER_PAGE = 50;
/** Commands of a charger that are not answered yet. */
export const MAX_WAITING_COMMANDS = 20;
/** Bytes of a card that is made for one start: 20 characters, the most that the protocol takes. */
const TAG_BYTES = 10;

const newTag = (): string => randomBytes(TAG_BYTES).toString('hex').toUpperCase();

/** Commands of owners to their chargers. */
@Controller()
export class CommandsHandler implements HandlersOf<typeof chargerCommands> {
  constructor(
    private readonly chargers: ChargersRepository,
    private readonly repository: CommandsRepository,
    private readonly dispatcher: Dispatcher,
    private readonly audit: Audit,
  ) {}

  @Handles(chargerCommands.send, { finishesValidation: true })
  async send(input: SendCommand, caller: Caller, errors: FieldErrors): Promise<ChargerCommand> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(input.id, accountId);
    errors.throwIfAny();
    const command = commandOf(input, newTag(), errors);
    errors.throwIfAny();
    const transaction = command.type === 'stop' ? command.transaction : undefined;
    if (transaction !== undefined && !(await this.repository.isOpen(transaction, input.id, accountId))) {
      errors.add('transaction_id', 'The selected transaction id is invalid.').throwIfAny();
    }
    return this.add({ chargerId: input.id, command, transactionId: transaction }, caller);
  }

  @Handles(chargerCommands.stopOrder)
  async stopOrder({ id: orderId }: OrderToStop, caller: Caller): Promise<ChargerCommand> {
    const { accountId } = ownerOf(caller);
    const found = await this.repository.ofOrder(orderId);
    if (!found) throw new Refusal('not_found');
    if (found.account_id !== accountId) throw new Refusal('forbidden');
    if (found.stopped_at) throw new Refusal('conflict', { message: 'The session of the order has ended.' });
    const { id: transaction, charger_id: chargerId } = found;
    await this.repository.stopOrdered(transaction);
    const command = { type: 'stop', transaction } as const;
    return this.add({ chargerId, command, transactionId: transaction, reason: 'order' }, caller);
  }

  @Handles(chargerCommands.table)
  async table({ id, cursor, state, itemsPerPage }: ListCommands, caller: Caller): Promise<ChargerCommands> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(id, accountId);
    const per_page = itemsPerPage ?? COMMANDS_PER_PAGE;
    const rows = await this.repository.table(accountId, id, { before: cursor, state, limit: per_page + 1 });
    const page = rows.slice(0, per_page);
    const next = rows.length > per_page ? String(page.at(-1)?.id) : null;
    return { data: page.map((row) => commandView(row, maySeeCards(caller))), meta: { per_page, next } };
  }

  @Handles(chargerCommands.one)
  async one({ id, command_id }: CommandRef, caller: Caller): Promise<ChargerCommand> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(id, accountId);
    return this.shown(id, command_id, caller);
  }

  @Handles(chargerCommands.configuration)
  async configuration({ id }: ChargerRef, caller: Caller): Promise<ChargerConfiguration> {
    await this.chargers.owned(id, ownerOf(caller).accountId);
    const settings = await this.repository.settings(id);
    return { settings: settings.map((one) => settingView(one, maySeeCards(caller))) };
  }

  private async add(
    made: { chargerId: number; command: Command; transactionId?: number; reason?: 'order' },
    caller: Caller,
  ): Promise<ChargerCommand> {
    const { accountId, userId } = ownerOf(caller);
    const { chargerId, command } = made;
    const { n, away } = await this.repository.waiting(accountId, chargerId);
    if (n >= MAX_WAITING_COMMANDS) {
      const message = 'The charger has not answered the commands before yet.';
      throw new Refusal('too_many_requests', { message });
    }
    // The broker is asked after the commit: it may take seconds to answer.
    const state = away ? 'not_connected' : 'queued';
    const id = await this.repository.add({ ...made, accountId, userId, state });
    const view = await this.shown(chargerId, id, caller);
    // A card is a person's: the audit trail says what was done, not with whose.
    const after = { command: view.type, command_id: id, ...commandView({ ...view, request: command }, false).request };
    await this.audit.write({ action: 'chargers.control', subject: 'charger', id: chargerId, after }, caller);
    if (state === 'queued') this.dispatcher.dispatchAfterCommit(id, chargerId);
    return view;
  }

  private async shown(chargerId: number, id: number, caller: Caller): Promise<ChargerCommand> {
    const row = await this.repository.one(ownerOf(caller).accountId, chargerId, id);
    if (!row) throw new Refusal('not_found');
    return commandView(row, maySeeCards(caller));
  }
}
