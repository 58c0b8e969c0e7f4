import { Injectable } from '@nestjs/common';
import { type MeterReading, momentOf, type Requests, type Responses } from '@open-cpo/ocpp';
import { Transactions } from '@open-cpo/persistence';
import { KeyedBatches } from '../batches/keyed-batches';
import type { Received } from '../protocol/actions';
import { CurrentSockets } from '../protocol/current-sockets';
import type { ChargerContext } from '../sockets/charger-context';
import { momentIn } from './moments';
import { type Reading, type ReadingsOf, SessionEvents } from './session-events';
import { type ChargerTransaction, TransactionsRepository } from './transactions.repository';

/** Energy below which nothing was delivered, in Wh: registers may step at the begin. */
const NOTHING_WH = 10;

interface Taken {
  readonly context: ChargerContext;
  readonly received: Received<Requests['MeterValues']>;
}

type Registers = Pick<ChargerTransaction, 'start_wh' | 'least_wh'>;

/** A register of a transaction in Wh: some chargers count in another unit than they say. */
export const inWh = (register: number, { register_factor }: Pick<ChargerTransaction, 'register_factor'>): number =>
  Math.round(register * register_factor * 1000) / 1000;

/** Whether a register in Wh shows that energy flowed: then also the session of a card that was refused is one. */
export function hasFlowed({ start_wh, least_wh }: Registers, wh: number | null): boolean {
  if (wh === null) return false;
  if (wh - Math.min(start_wh ?? wh, least_wh ?? wh) > NOTHING_WH) return true;
  // Far below that of the begin it counts from the session's begin; 0 is none.
  return start_wh !== null && wh < start_wh / 2 && wh > NOTHING_WH;
}

const newest = (readings: readonly Reading[]): Reading | undefined =>
  readings.reduce<Reading | undefined>((so, one) => (so && so.at > one.at ? so : one), undefined);

/** Takes the readings of meters: those of a transaction are published. */
@Injectable()
export class Metering {
  private readonly batches = new KeyedBatches<Taken>({
    key: ({ context }) => context.id,
    together: (all) => this.together(all),
    alone: (one) => this.alone(one),
  });

  constructor(
    private readonly transactions: Transactions,
    private readonly sockets: CurrentSockets,
    private readonly repository: TransactionsRepository,
    private readonly events: SessionEvents,
  ) {}

  async take(context: ChargerContext, received: Received<Requests['MeterValues']>): Promise<Responses['MeterValues']> {
    const { value } = received;
    if (value.readings.length === 0) return {};
    const taken = { context, received };
    await (value.transaction === undefined ? this.alone(taken) : this.batches.add(taken));
    return {};
  }

  /** Messages of several chargers in one transaction; answers those of which something else than readings becomes. */
  private together(all: readonly Taken[]): Promise<readonly Taken[]> {
    return this.transactions.run(async () => {
      const current = await this.sockets.lockAll(all.map(({ context }) => context));
      const ids = all.flatMap(({ received: { value } }) => value.transaction ?? []);
      const known = new Map((await this.repository.byIds(ids)).map((one) => [one.id, one]));
      const left: Taken[] = [];
      const read: (ReadingsOf & { readonly context: ChargerContext; readonly last: Reading })[] = [];
      for (const one of all) {
        const { context, received } = one;
        const transaction = known.get(received.value.transaction ?? 0);
        const isOwn = transaction?.charger_id === context.id;
        if (!isOwn || !transaction.published || !current.has(context.id)) left.push(one);
        else {
          const readings = this.readingsOf(context, transaction, received.value.readings, received.receivedAt);
          const last = newest(readings);
          if (last) read.push({ context, transaction, readings, last });
        }
      }
      await this.repository.readAll(read.map(({ transaction, last }) => ({ id: transaction.id, ...last })));
      await this.events.meteredAll(read);
      return left;
    });
  }

  /** A message in a transaction of its own. */
  private async alone({ context, received }: Taken): Promise<void> {
    const { value, receivedAt } = received;
    await this.transactions.run(async () => {
      await this.sockets.lock(context);
      const transaction = await this.transactionOf(context, value, receivedAt);
      if (transaction) await this.read(context, transaction, value.readings, receivedAt);
      else if (value.transaction !== undefined) await this.keep(context, received);
    });
  }

  /** Publishes readings; in a transaction. Answers the newest register, also that of earlier messages. */
  async read(
    context: ChargerContext,
    transaction: ChargerTransaction,
    given: readonly MeterReading[],
    receivedAt: number,
  ): Promise<void> {
    const readings = this.readingsOf(context, transaction, given, receivedAt);
    const last = newest(readings);
    if (!last) return;
    await this.repository.read(transaction.id, last.wh, last.at);
    if (await this.isPublished(context, transaction, readings)) {
      await this.events.metered(context, transaction, readings);
    }
  }

  private async isPublished(
    context: ChargerContext,
    transaction: ChargerTransaction,
    readings: readonly Reading[],
  ): Promise<boolean> {
    if (transaction.published) return true;
    // A register of 0 among others was misread.
    const registers = readings.map(({ wh }) => wh).filter((wh) => wh > 0);
    if (registers.length === 0) return false;
    const least_wh = await this.repository.least(transaction.id, Math.min(...registers));
    const flowed = registers.find((wh) => hasFlowed({ ...transaction, least_wh }, wh));
    return flowed !== undefined && this.ensurePublished(context, { ...transaction, least_wh }, flowed);
  }

  /** The begin of a refused card is published when energy flows all the same. Answers whether it is. */
  async ensurePublished(context: ChargerContext, transaction: ChargerTransaction, wh: number | null): Promise<boolean> {
    if (transaction.published) return true;
    if (!hasFlowed(transaction, wh)) return false;
    await this.repository.published(transaction.id);
    // Its readings up to here are not published: the lowest one stands for a begin that is not known.
    await this.events.started(context, { ...transaction, start_wh: transaction.start_wh ?? transaction.least_wh });
    return true;
  }

  private readingsOf(
    context: ChargerContext,
    transaction: ChargerTransaction,
    given: readonly MeterReading[],
    receivedAt: number,
  ): Reading[] {
    return given.flatMap(({ timestamp, wh: register }) => {
      const wh = inWh(register, transaction);
      const { at, quirk } = momentIn(context, transaction, timestamp, receivedAt);
      if (quirk) context.note([quirk]);
      const again = transaction.last_wh === wh && transaction.last_read_at?.getTime() === at;
      return again ? [] : [{ at: new Date(at), wh }];
    });
  }

  private async keep(context: ChargerContext, { value, payload }: Received<Requests['MeterValues']>): Promise<void> {
    context.note(['readings_without_transaction']);
    await this.repository.keep(context, {
      action: 'MeterValues',
      transactionId: value.transaction,
      reason: 'The charger has no such transaction.',
      payload: JSON.stringify(payload),
    });
  }

  /** The one that it names; without a name the open one of its connector. Those of another transaction are not its. */
  private async transactionOf(
    context: ChargerContext,
    { transaction, connector, readings }: Requests['MeterValues'],
    receivedAt: number,
  ): Promise<ChargerTransaction | undefined> {
    if (transaction !== undefined) return this.repository.byId(transaction, context);
    if (!connector) return undefined;
    const moments = readings.map(({ timestamp }) => momentOf(timestamp, receivedAt, context.clock.offset).at);
    return this.repository.open(context, connector, new Date(Math.max(...moments)));
  }
}
