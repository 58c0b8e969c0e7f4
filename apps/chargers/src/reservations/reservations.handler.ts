import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChargerReservation,
  chargerReservations,
  type ChargerReservations,
  type HandlersOf,
  type ListReservations,
  ownerOf,
  Refusal,
  type ReservationRef,
  type Reserve,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { ocppTime, tagOf } from '@open-cpo/ocpp';
import { ChargersRepository } from '../chargers/chargers.repository';
import { maySeeCards } from '../chargers/message.views';
import { CommandsRepository } from '../commands/commands.repository';
import { NewCommands } from '../commands/new-commands';
import { newTag } from '../commands/tags';
import { Support } from '../commands/support';
import { type KeptReservation, ReservationsRepository } from './reservations.repository';

const RESERVATIONS_PER_PAGE = 50;
const USUAL_MINUTES = 30;
const MINUTE_MS = 60_000;
const HIDDEN = '***';

/** Keeps connectors free for cards, as owners ask for it. */
@Controller()
export class ReservationsHandler implements HandlersOf<typeof chargerReservations> {
  constructor(
    private readonly chargers: ChargersRepository,
    private readonly repository: ReservationsRepository,
    private readonly commands: NewCommands,
    private readonly sent: CommandsRepository,
    private readonly support: Support,
  ) {}

  @Handles(chargerReservations.table)
  async table({ id, cursor, state, itemsPerPage }: ListReservations, caller: Caller): Promise<ChargerReservations> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(id, accountId);
    const per_page = itemsPerPage ?? RESERVATIONS_PER_PAGE;
    const rows = await this.repository.table(accountId, id, { before: cursor, state, limit: per_page + 1 });
    const page = rows.slice(0, per_page);
    const next = rows.length > per_page ? String(page.at(-1)?.id) : null;
    return { data: page.map((row) => viewOf(row, caller)), meta: { per_page, next } };
  }

  @Handles(chargerReservations.one)
  async one({ id, reservation_id }: ReservationRef, caller: Caller): Promise<ChargerReservation> {
    await this.chargers.owned(id, ownerOf(caller).accountId);
    return viewOf(await this.found(id, reservation_id, caller), caller);
  }

  @Handles(chargerReservations.reserve)
  async reserve(input: Reserve, caller: Caller): Promise<ChargerReservation> {
    const { accountId, userId } = ownerOf(caller);
    const { id: chargerId, connector } = input;
    await this.chargers.owned(chargerId, accountId);
    await this.support.ensure(accountId, chargerId, { type: 'reserve' });
    // Until the end of the transaction no other command is added, and so no other reservation.
    await this.sent.waiting(accountId, chargerId);
    if (await this.repository.isKept(accountId, chargerId, connector)) {
      throw new Refusal('conflict', { message: 'The connector is reserved.' });
    }
    const given = tagOf(input.rfid ?? undefined);
    const made = given === undefined;
    const tag = given ?? newTag();
    const expiresAt = new Date(Date.now() + (input.minutes ?? USUAL_MINUTES) * MINUTE_MS);
    const reservation = await this.repository.add({ accountId, chargerId, connector, tag, made, expiresAt, userId });
    const until = ocppTime(expiresAt);
    const command = { type: 'reserve', connector, tag, made, reservation, until } as const;
    await this.repository.asked(reservation, await this.commands.add({ chargerId, command, connected: true }, caller));
    return viewOf(await this.found(chargerId, reservation, caller), caller);
  }

  @Handles(chargerReservations.cancel)
  async cancel({ id: chargerId, reservation_id }: ReservationRef, caller: Caller): Promise<ChargerReservation> {
    await this.chargers.owned(chargerId, ownerOf(caller).accountId);
    const { state } = await this.found(chargerId, reservation_id, caller);
    if (state !== 'active' && state !== 'requested') throw new Refusal('conflict', { message: `It is ${state}.` });
    const command = { type: 'cancel_reservation', reservation: reservation_id } as const;
    await this.repository.cancelled(
      reservation_id,
      await this.commands.add({ chargerId, command, connected: true }, caller),
    );
    return viewOf(await this.found(chargerId, reservation_id, caller), caller);
  }

  private async found(chargerId: number, id: number, caller: Caller): Promise<KeptReservation> {
    const found = await this.repository.one(ownerOf(caller).accountId, chargerId, id);
    if (!found) throw new Refusal('not_found');
    return found;
  }
}

/** A tag that was made is nobody's card. */
function viewOf({ made, ...row }: KeptReservation, caller: Caller): ChargerReservation {
  return made || maySeeCards(caller) ? row : { ...row, rfid: HIDDEN };
}
