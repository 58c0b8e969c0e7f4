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
import { ChargersRepository } from '../chargers/chargers.repository';
import { maySeeCards } from '../chargers/message.views';
import { ReservationsRepository } from '../reservations/reservations.repository';
import { Cancellations } from './cancellations';
import { commandOf } from './command-input';
import { commandView, settingView } from './command.views';
import { CommandsRepository } from './commands.repository';
import { type AskedCommand, NewCommands } from './new-commands';
import { SettingsRepository } from './settings.repository';
import { Support } from './support';
import { newTag } from './tags';

const COMMANDS_PER_PAGE = 50;
/** Those that chargers often do not have: one that said so is not asked again until it has started anew. */
const ASKED_BEFORE = ['diagnostics', 'firmware'];

/** Commands of owners to their chargers. */
@Controller()
export class CommandsHandler implements HandlersOf<typeof chargerCommands> {
  constructor(
    private readonly chargers: ChargersRepository,
    private readonly repository: CommandsRepository,
    private readonly settings: SettingsRepository,
    private readonly commands: NewCommands,
    private readonly reservations: ReservationsRepository,
    private readonly support: Support,
    private readonly cancellations: Cancellations,
  ) {}

  @Handles(chargerCommands.send, { finishesValidation: true })
  async send(input: SendCommand, caller: Caller, errors: FieldErrors): Promise<ChargerCommand> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(input.id, accountId);
    errors.throwIfAny();
    const command = await this.commandOf(input, accountId, errors);
    errors.throwIfAny();
    if (ASKED_BEFORE.includes(command.type)) await this.support.ensure(accountId, input.id, command);
    const transaction = command.type === 'stop' ? command.transaction : undefined;
    if (transaction !== undefined && !(await this.repository.isOpen(transaction, input.id, accountId))) {
      errors.add('transaction_id', 'The selected transaction id is invalid.').throwIfAny();
    }
    return this.added({ chargerId: input.id, command, transactionId: transaction }, caller);
  }

  private async commandOf(input: SendCommand, accountId: number, errors: FieldErrors): Promise<Command> {
    const { reservation_id, type, id } = input;
    if (type !== 'start' || !reservation_id) return commandOf(input, newTag(), errors);
    const found = await this.reservations.one(accountId, id, reservation_id);
    if (found?.state !== 'active' && found?.state !== 'requested') {
      errors.add('reservation_id', 'The selected reservation id is invalid.').throwIfAny();
      throw new Refusal('validation_failed');
    }
    return { type, connector: found.connector, tag: found.rfid, ...(found.made ? { made: true } : {}) };
  }

  @Handles(chargerCommands.stopOrder)
  async stopOrder({ id: orderId }: OrderToStop, caller: Caller): Promise<ChargerCommand> {
    const { accountId } = ownerOf(caller);
    const found = await this.repository.ofOrder(orderId, accountId);
    if (found.stopped_at) throw new Refusal('conflict', { message: 'The session of the order has ended.' });
    const { id: transaction, charger_id: chargerId } = found;
    await this.repository.stopOrdered(transaction);
    const command = { type: 'stop', transaction } as const;
    return this.added({ chargerId, command, transactionId: transaction, reason: 'order' }, caller);
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

  @Handles(chargerCommands.cancel)
  async cancel({ id, command_id }: CommandRef, caller: Caller): Promise<ChargerCommand> {
    await this.chargers.owned(id, ownerOf(caller).accountId);
    await this.cancellations.cancel(id, command_id, caller);
    return this.shown(id, command_id, caller);
  }

  @Handles(chargerCommands.configuration)
  async configuration({ id }: ChargerRef, caller: Caller): Promise<ChargerConfiguration> {
    await this.chargers.owned(id, ownerOf(caller).accountId);
    const settings = await this.settings.all(id);
    return { settings: settings.map((one) => settingView(one, maySeeCards(caller))) };
  }

  private async added(made: AskedCommand, caller: Caller): Promise<ChargerCommand> {
    return this.shown(made.chargerId, await this.commands.add(made, caller), caller);
  }

  private async shown(chargerId: number, id: number, caller: Caller): Promise<ChargerCommand> {
    const row = await this.repository.one(ownerOf(caller).accountId, chargerId, id);
    if (!row) throw new Refusal('not_found');
    return commandView(row, maySeeCards(caller));
  }
}
