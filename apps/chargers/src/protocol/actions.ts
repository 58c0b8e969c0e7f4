import { Injectable } from '@nestjs/common';
import { type Action, momentOf, ocppTime, type Payload, type Requests, type Responses } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { Cards } from '../cards/cards';
import { RESTARTED } from '../commands/command.queries';
import { Progress } from '../commands/progress';
import { ChargersConfig } from '../config';
import type { ChargerContext } from '../sockets/charger-context';
import { Metering } from '../transactions/metering';
import { Starts } from '../transactions/starts';
import { Stops } from '../transactions/stops';
import { TransactionsRepository } from '../transactions/transactions.repository';
import { ConnectorStates } from './connector-states';
import { StaleSocket } from './stale-socket';
import { WITHOUT_WAITING } from './without-waiting';

/** A call of a charger, read. */
export interface Received<T = unknown> {
  readonly value: T;
  /** As it came. */
  readonly payload: Payload;
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

type Handlers = {
  readonly [A in Action]: (context: ChargerContext, received: Received<Requests[A]>) => Promise<Responses[A]>;
};

// In one statement, which does not wait for the disk: a start is known again by the next one.
const BOOT = `
  with restarted as (${RESTARTED} and exists (
    select 1 from chargers where id = $2 and generation = $7 and deleted_at is null))
  update chargers set vendor = $3, model = $4, serial_number = $5, firmware = $6, booted_at = now(), last_seen_at = now()
  where id = $2 and account_id = $1 and generation = $7 and deleted_at is null
  returning ${WITHOUT_WAITING}`;

/** What is done for each call of a charger. Whatever is answered is stored before. */
@Injectable()
export class Actions {
  private readonly handlers: Handlers = {
    BootNotification: (context, received) => this.boot(context, received),
    Heartbeat: async (_context, { receivedAt }) => ({ currentTime: ocppTime(receivedAt) }),
    StatusNotification: (context, received) => this.status(context, received),
    Authorize: (context, received) => this.authorize(context, received),
    StartTransaction: (context, received) => this.starts.start(context, received),
    MeterValues: (context, received) => this.metering.take(context, received),
    StopTransaction: (context, received) => this.stops.stop(context, received),
    DataTransfer: async () => ({ status: 'UnknownVendorId' }),
    SecurityEventNotification: async () => ({}),
    // The platform is no certificate authority.
    SignCertificate: async () => ({ status: 'Rejected' }),
    FirmwareStatusNotification: (context, { value }) => this.progress.report(context, 'firmware', value),
    DiagnosticsStatusNotification: (context, { value }) => this.progress.report(context, 'diagnostics', value),
    LogStatusNotification: (context, { value }) => this.progress.report(context, 'diagnostics', value),
    SignedFirmwareStatusNotification: (context, { value }) => this.progress.report(context, 'firmware', value),
  };

  constructor(
    private readonly transactions: Transactions,
    private readonly cards: Cards,
    private readonly states: ConnectorStates,
    private readonly starts: Starts,
    private readonly metering: Metering,
    private readonly stops: Stops,
    private readonly repository: TransactionsRepository,
    private readonly progress: Progress,
    private readonly config: ChargersConfig,
  ) {}

  answer<A extends Action>(context: ChargerContext, action: A, received: Received<Requests[A]>): Promise<Responses[A]> {
    return this.handlers[action](context, received);
  }

  /**
   * Keeps the text of a message about a transaction that could not be handled, so that the charger can go on and an operator
   * can look at it. Nothing for other messages.
   */
  async keepFailed<A extends Action>(
    context: ChargerContext,
    action: A,
    text: string,
    error: unknown,
  ): Promise<Responses[A] | undefined> {
    const response = await this.responseToFailed(action);
    if (!response) return undefined;
    const transactionId = 'transactionId' in response ? response.transactionId : undefined;
    await this.repository.keep(context, {
      action,
      transactionId,
      reason: String(error),
      payload: text,
    });
    return response;
  }

  private async responseToFailed<A extends Action>(action: A): Promise<Responses[A] | undefined> {
    if (action === 'StopTransaction' || action === 'MeterValues') return {} as Responses[A];
    if (action !== 'StartTransaction') return undefined;
    const transactionId = await this.repository.nextId();
    return { transactionId, idTagInfo: { status: 'Invalid' } } as Responses[A];
  }

  private async boot(
    context: ChargerContext,
    { value, receivedAt }: Received<Requests['BootNotification']>,
  ): Promise<Responses['BootNotification']> {
    const { vendor, model, serial, firmware } = value;
    const { accountId, id, generation } = context;
    const params = [accountId, id, vendor, model, serial, firmware, generation];
    const current = await this.transactions.query(BOOT, params, 'chargers.boot');
    if (current.length === 0) throw new StaleSocket();
    context.booted();
    return { status: 'Accepted', currentTime: ocppTime(receivedAt), interval: this.config.chargersHeartbeatSeconds };
  }

  private async status(
    context: ChargerContext,
    { value, receivedAt }: Received<Requests['StatusNotification']>,
  ): Promise<Responses['StatusNotification']> {
    context.clock.observe(value.timestamp, receivedAt, context.hasBooted);
    const moment = momentOf(value.timestamp, receivedAt, context.clock.offset);
    if (moment.quirk && moment.quirk !== 'time_missing') context.note([moment.quirk]);
    await this.states.report(context, value, moment.at, receivedAt);
    return {};
  }

  private async authorize(
    context: ChargerContext,
    { value, receivedAt }: Received<Requests['Authorize']>,
  ): Promise<Responses['Authorize']> {
    const { status } = await this.cards.judge(context, value.tag, receivedAt);
    return { idTagInfo: { status } };
  }
}
