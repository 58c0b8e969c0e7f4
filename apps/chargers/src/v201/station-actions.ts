import { Injectable } from '@nestjs/common';
import { momentOf, v201 } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { Cards } from '../cards/cards';
import { Progress } from '../commands/progress';
import { SettingsRepository } from '../commands/settings.repository';
import { Actions, type Received } from '../protocol/actions';
import { ConnectorStates } from '../protocol/connector-states';
import { CurrentSockets } from '../protocol/current-sockets';
import { ReservationsRepository } from '../reservations/reservations.repository';
import type { ChargerContext } from '../sockets/charger-context';
import { Metering } from '../transactions/metering';
import { TransactionsRepository } from '../transactions/transactions.repository';
import { idTokenInfo } from './id-token-info';
import { StationTransactions } from './station-transactions';

type Handlers = {
  readonly [A in v201.Action]: (
    context: ChargerContext,
    received: Received<v201.Requests[A]>,
  ) => Promise<v201.Responses[A]>;
};

const acknowledged = Object.fromEntries(
  v201.ACKNOWLEDGED.map((action) => [action, async () => v201.acknowledgement(action)]),
) as { [A in v201.Acknowledged]: () => Promise<object> };

/** What is done for each call of a charger of OCPP 2.0.1; what it has in common with 1.6 is done as there. */
@Injectable()
export class StationActions {
  private readonly handlers: Handlers = {
    ...acknowledged,
    BootNotification: (context, received) => this.common.answer(context, 'BootNotification', received),
    Heartbeat: (context, received) => this.common.answer(context, 'Heartbeat', received),
    StatusNotification: (context, received) => this.common.answer(context, 'StatusNotification', received),
    DataTransfer: async () => ({ status: 'UnknownVendorId' }),
    NotifyEvent: (context, received) => this.notifyEvent(context, received),
    Authorize: (context, received) => this.authorize(context, received),
    TransactionEvent: (context, received) => this.stations.take(context, received),
    MeterValues: (context, received) => this.meterValues(context, received),
    NotifyReport: (context, received) => this.report(context, received),
    ReservationStatusUpdate: async (context, { value: { reservation } }) => {
      if (reservation !== undefined) await this.reservations.removed(context, reservation);
      return {};
    },
    LogStatusNotification: (context, { value }) => this.progress.report(context, 'diagnostics', value),
    FirmwareStatusNotification: (context, { value }) => this.progress.report(context, 'firmware', value),
  };

  constructor(
    private readonly transactions: Transactions,
    private readonly sockets: CurrentSockets,
    private readonly common: Actions,
    private readonly cards: Cards,
    private readonly states: ConnectorStates,
    private readonly stations: StationTransactions,
    private readonly metering: Metering,
    private readonly repository: TransactionsRepository,
    private readonly settings: SettingsRepository,
    private readonly reservations: ReservationsRepository,
    private readonly progress: Progress,
  ) {}

  answer<A extends v201.Action>(
    context: ChargerContext,
    action: A,
    received: Received<v201.Requests[A]>,
  ): Promise<v201.Responses[A]> {
    return this.handlers[action](context, received);
  }

  private async authorize(
    context: ChargerContext,
    { value, receivedAt }: Received<v201.Requests['Authorize']>,
  ): Promise<v201.Responses['Authorize']> {
    const verdict = await this.cards.judge(context, value.token?.tag, receivedAt);
    // No contract of ISO 15118 can be judged here.
    const certificate = value.hasCertificate ? { certificateStatus: 'NoCertificateAvailable' as const } : {};
    return { idTokenInfo: idTokenInfo(verdict), ...certificate };
  }

  /** The last state and fault of each connector; all events are in the list of messages. */
  private async notifyEvent(
    context: ChargerContext,
    { value, receivedAt }: Received<v201.Requests['NotifyEvent']>,
  ): Promise<v201.Responses['NotifyEvent']> {
    const statuses = lastOfEach(value.events.filter(({ status }) => status !== undefined));
    const problems = lastOfEach(value.events.filter(({ problem }) => problem !== undefined));
    if (statuses.length + problems.length === 0) return {};
    await this.transactions.run(async () => {
      for (const { connector, timestamp, status = '' } of statuses) {
        const { at } = momentOf(timestamp, receivedAt, context.clock.offset);
        const state = v201.stateOf(status);
        await this.states.report(context, { connector, status, state, timestamp }, at, receivedAt);
      }
      for (const { connector, problem, code, info } of problems) {
        await this.states.fault(context, connector, problem ? { code, info } : undefined);
      }
    });
    return {};
  }

  /** Settings, where they were asked for; other reports are in the list of messages alone. */
  private async report(
    context: ChargerContext,
    { value }: Received<v201.Requests['NotifyReport']>,
  ): Promise<v201.Responses['NotifyReport']> {
    const { request } = value;
    if (request === undefined) return {};
    await this.transactions.run(async () => {
      await this.sockets.lock(context);
      await this.settings.reported(context, { ...value, request });
    });
    return {};
  }

  /** Those of an EVSE whose session has begun are its readings, as in 1.6; others are in the list of messages alone. */
  private async meterValues(
    context: ChargerContext,
    { value, receivedAt }: Received<v201.Requests['MeterValues']>,
  ): Promise<v201.Responses['MeterValues']> {
    const { connector, readings } = value;
    if (!connector || readings.length === 0) return {};
    await this.transactions.run(async () => {
      await this.sockets.lock(context);
      const transaction = await this.repository.open(context, connector, new Date(receivedAt));
      if (transaction?.published) await this.metering.read(context, transaction, readings, receivedAt);
    });
    return {};
  }

  /** Keeps the text of an event that could not be handled; the charger goes on. Nothing for other messages. */
  async keepFailed(
    context: ChargerContext,
    action: v201.Action,
    text: string,
    error: unknown,
  ): Promise<object | undefined> {
    if (action !== 'TransactionEvent' && action !== 'MeterValues') return undefined;
    await this.repository.keep(context, { action, reason: String(error), payload: text });
    const withCard = action === 'TransactionEvent' && text.includes('"idToken"');
    return withCard ? { idTokenInfo: { status: 'Invalid' } } : {};
  }
}

const lastOfEach = (events: readonly v201.DeviceEvent[]): v201.DeviceEvent[] => [
  ...new Map(events.map((event) => [event.connector, event])).values(),
];
