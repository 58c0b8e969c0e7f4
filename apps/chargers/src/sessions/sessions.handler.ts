import { Controller } from '@nestjs/common';
import {
  type Caller,
  type ChargerSession,
  type ChargerSessionRef,
  chargerSessions,
  type FieldErrors,
  type HandlersOf,
  ownerOf,
  Refusal,
  type StartChargerSession,
} from '@open-cpo/contracts';
import { Handles } from '@open-cpo/messaging';
import { Audit } from '@open-cpo/persistence';
import { ChargePointsRepository } from '../charge-points/charge-points.repository';
import { ChargersRepository } from '../chargers/chargers.repository';
import { Cancellations } from '../commands/cancellations';
import { MAX_WAITING_COMMANDS, TOO_MANY } from '../commands/new-commands';
import { CommandsRepository } from '../commands/commands.repository';
import { Dispatcher } from '../commands/dispatcher';
import { newTag } from '../commands/tags';
import { ChargersConfig } from '../config';
import { ReservationsRepository } from '../reservations/reservations.repository';
import { permit, refuseUnusable, termsOf } from './session-rules';
import { SessionsRepository } from './sessions.repository';
import type { SessionTerms } from './terms';

/** Sessions that payment apps ask for. */
@Controller()
export class SessionsHandler implements HandlersOf<typeof chargerSessions> {
  constructor(
    private readonly chargers: ChargersRepository,
    private readonly chargePoints: ChargePointsRepository,
    private readonly commands: CommandsRepository,
    private readonly repository: SessionsRepository,
    private readonly reservations: ReservationsRepository,
    private readonly cancellations: Cancellations,
    private readonly dispatcher: Dispatcher,
    private readonly audit: Audit,
    private readonly config: ChargersConfig,
  ) {}

  @Handles(chargerSessions.start, { finishesValidation: true })
  async start(input: StartChargerSession, caller: Caller, errors: FieldErrors): Promise<ChargerSession> {
    const { accountId } = ownerOf(caller);
    const { id: chargerId, connector } = input;
    const charger = await this.chargers.owned(chargerId, accountId);
    errors.throwIfAny();
    const offer = await this.chargePoints.offer(charger.charge_point_id, accountId);
    const terms = termsOf(input, offer, errors);
    errors.throwIfAny();
    permit(terms, accountId, this.config.chargersPaymentAccounts);
    if (offer?.listed === false) throw new Refusal('power_center_inactive');
    // Until the end of the transaction no other command is added: of two requests at once the second sees the first.
    const { n, away } = await this.commands.waiting(accountId, chargerId);
    if (away) throw new Refusal('charger_not_connected');
    if (n >= MAX_WAITING_COMMANDS) throw new Refusal('too_many_requests', { message: TOO_MANY });
    refuseUnusable(await this.repository.connector(accountId, chargerId, connector));
    // Not all chargers report it, and the tag of the session is not the one that the connector is kept for.
    if (await this.reservations.isKept(accountId, chargerId, connector)) {
      throw new Refusal('connector_unavailable', { message: 'The connector is reserved.' });
    }
    return this.add(chargerId, connector, terms, caller);
  }

  @Handles(chargerSessions.one)
  async one({ id, request_id }: ChargerSessionRef, caller: Caller): Promise<ChargerSession> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(id, accountId);
    return this.shown(accountId, id, request_id);
  }

  @Handles(chargerSessions.cancel)
  async cancel({ id, request_id }: ChargerSessionRef, caller: Caller): Promise<ChargerSession> {
    const { accountId } = ownerOf(caller);
    await this.chargers.owned(id, accountId);
    await this.shown(accountId, id, request_id);
    await this.cancellations.cancel(id, request_id, caller);
    return this.shown(accountId, id, request_id);
  }

  private async add(
    chargerId: number,
    connector: number,
    terms: SessionTerms,
    caller: Caller,
  ): Promise<ChargerSession> {
    const { accountId, userId } = ownerOf(caller);
    const command = { type: 'start', connector, tag: newTag(), made: true } as const;
    const made = { accountId, chargerId, command, state: 'queued', userId, session: terms } as const;
    const id = await this.commands.add(made);
    const { payment, unit, requested_quantity } = terms;
    const after = { command: 'start', command_id: id, connector, payment, unit, requested_quantity };
    await this.audit.write({ subject: 'charger', id: chargerId, after }, caller);
    this.dispatcher.dispatchAfterCommit(id, chargerId);
    return this.shown(accountId, chargerId, id);
  }

  private async shown(accountId: number, chargerId: number, id: number): Promise<ChargerSession> {
    const session = await this.repository.one(accountId, chargerId, id);
    if (!session) throw new Refusal('not_found');
    return session;
  }
}
