import { Injectable } from '@nestjs/common';
import { type Caller, type FieldErrors, type ImportedOrder, ownerOf } from '@open-cpo/contracts';
import { CurrencyRates, type Importer, Outbox, type RowToImport, Transactions } from '@open-cpo/persistence';
import Big from 'big.js';
import type { KnownChargePoint } from '../charge-points/charge-points.repository';
import { OrdersConfig } from '../config';
import { CounterRepository, CounterDeltas } from '../orders/counter.repository';
import type { OrderRow } from '../orders/order';
import { completed } from '../orders/order.facts';
import { OrderWrites } from '../orders/order.writes';
import { type Flag, holds } from '../plausibility/flags';
import { deliverableAt, judgeEnd, judgeStart } from '../plausibility/plausibility';
import { powerOf } from '../orders/opening';
import { importedOrder, type ImportedSession, storedId } from './imported-order';
import { momentIn } from './local-moment';

const POWER_CENTERS = `
  select id, account_id, identifier, token, time_zone, price, connectors, card, created_at, '[]'::json as tariffs
  from charge_points where account_id = $1 and removed_at is null
    and (identifier = any($2::text[]) or token = any($2::text[]))`;
const TOLD = 'select session_id from orders where account_id = $1 and session_id = any($2::text[])';
const KEEP_SESSIONS = `
  insert into sessions (session_id, started_at, charge_point_id, connector_number, payment, requested_quantity, start_wh,
    ended_at, end_wh, card, order_id, settled)
  select session_id, started_at, charge_point_id, connector_number, 'settled', 'FULL', 0, ended_at, end_wh, 'none', order_id,
    true
  from json_populate_recordset(null::sessions, $1) order by session_id`;

/** No session is older: typing errors are. */
const OLDEST = new Date('2000-01-01T00:00:00Z');
/** What a rate may be apart from today's. */
const MOST_RATE_CHANGE = 1000;

const BEGIN = 'started_at';
const END = 'ended_at';
/** What is implausible of a session, by the column that says so. */
const WRONG: Partial<Record<Flag, readonly [keyof ImportedOrder, string]>> = {
  start_in_future: [BEGIN, 'The started at field is in the future.'],
  end_in_future: [END, 'The ended at field is in the future.'],
  end_before_start: [END, 'The ended at field is before the started at field.'],
  session_too_long: [END, 'The session is too long.'],
  energy_too_high: ['energy_kwh', 'The energy kwh field is more than the connector delivers in the time.'],
};

type Row = RowToImport<ImportedOrder>;
type PowerCenter = KnownChargePoint & { readonly identifier: string };

/** Writes the history of an account: orders that were settled elsewhere, without notifications. */
@Injectable()
export class OrderImporter implements Importer<ImportedOrder> {
  readonly batch = 500;

  constructor(
    private readonly transactions: Transactions,
    private readonly writes: OrderWrites,
    private readonly kept: CounterRepository,
    private readonly outbox: Outbox,
    private readonly rates: CurrencyRates,
    private readonly config: OrdersConfig,
  ) {}

  async add(rows: readonly Row[], caller: Caller): Promise<void> {
    const { accountId, currency } = ownerOf(caller);
    const names = rows.flatMap(({ input }) => input.power_center ?? []);
    const known = await this.transactions.query<PowerCenter>(POWER_CENTERS, [accountId, names]);
    const byToken = new Map(known.map((one) => [one.token, one]));
    const byName = new Map([...byToken, ...known.map((one) => [one.identifier, one] as const)]);
    const told = await this.told(rows, accountId);
    const sessions = rows.flatMap(({ input, errors }): ImportedSession[] => {
      const powerCenter = byName.get(input.power_center);
      if (!powerCenter && !errors.has('power_center'))
        errors.add('power_center', 'The selected power center is invalid.');
      if (told.has(input.session_id)) errors.add('session_id', 'The session id has already been taken.');
      this.checkMoney(input, errors, currency);
      if (!powerCenter || errors.has(BEGIN) || errors.has(END)) return [];
      const session = this.session(input, powerCenter, currency);
      this.checkPlausible(session, errors);
      return errors.empty ? [session] : [];
    });
    if (sessions.length > 0) await this.transactions.asService(() => this.write(sessions));
  }

  /** Those that a charging back end has published already. */
  private async told(rows: readonly Row[], accountId: number): Promise<ReadonlySet<string>> {
    const ids = rows.flatMap(({ input }) => input.session_id ?? []);
    const found = await this.transactions.query<{ session_id: string }>(TOLD, [accountId, ids]);
    return new Set(found.map(({ session_id }) => session_id));
  }

  private checkMoney({ currency, rate, price, earning }: ImportedOrder, errors: FieldErrors, own: string): void {
    const code = currency ?? own;
    if (earning && price && new Big(earning).gt(price))
      errors.add('earning', 'The earning field must not be greater than the price field.');
    if (!this.rates.has(code)) {
      if (!errors.has('currency')) errors.add('currency', 'The selected currency is invalid.');
    } else if (rate && !isNear(rate, this.rates.rateOf(code))) {
      errors.add('rate', 'The rate field is too far from any rate of the currency.');
    }
  }

  private session(input: ImportedOrder, powerCenter: PowerCenter, own: string): ImportedSession {
    const currency = input.currency ?? own;
    const rate = input.rate ?? (this.rates.has(currency) ? this.rates.rateOf(currency) : '1');
    const startedAt = momentIn(input.started_at, powerCenter.time_zone);
    const endedAt = momentIn(input.ended_at, powerCenter.time_zone);
    const powerKw = powerOf(powerCenter, input.connector_number ?? null);
    return { input, powerCenter, powerKw, settlement: { currency, rate }, startedAt, endedAt };
  }

  private checkPlausible({ input, startedAt, endedAt, powerKw }: ImportedSession, errors: FieldErrors): void {
    const now = new Date();
    const beginning = { startedAt, powerCenterSince: null, powerCenterUntil: null, history: true };
    const energy = errors.has('energy_kwh') ? new Big(0) : new Big(input.energy_kwh).times(1000);
    const ending = { startedAt, endedAt, silent: false, measured: true, energy, soldByEnergy: true };
    const deliverable = deliverableAt(powerKw, this.config);
    const flags = [
      ...judgeStart(beginning, this.config, now),
      ...judgeEnd(ending, deliverable, this.config, now),
    ].filter((flag) => holds([flag]));
    for (const flag of flags) {
      const [field, message] = WRONG[flag] ?? [BEGIN, `The session is not plausible: ${flag}.`];
      if (flag !== 'energy_too_high' || !errors.has(END)) errors.add(field, message);
    }
    if (startedAt < OLDEST) errors.add(BEGIN, 'The started at field is before 2000.');
  }

  private async write(sessions: readonly ImportedSession[]): Promise<void> {
    const now = new Date();
    const orders = await this.writes.insert(sessions.map((session) => importedOrder(session, now)));
    const moves = new CounterDeltas();
    for (const order of orders) {
      moves.opened(order);
      moves.completed(order, 1);
    }
    await this.keepSessions(sessions, orders);
    await this.kept.write(moves);
    await this.outbox.publishAll(orders.map(completed));
  }

  /** As if a charging back end had published them, for operators who correct one. */
  private async keepSessions(sessions: readonly ImportedSession[], orders: readonly OrderRow[]): Promise<void> {
    const ids = new Map(orders.map(({ session_id, id }) => [session_id, id]));
    const rows = sessions.map(({ input, powerCenter, startedAt, endedAt }) => ({
      session_id: storedId(powerCenter.account_id, input.session_id),
      started_at: startedAt,
      charge_point_id: powerCenter.id,
      connector_number: input.connector_number ?? null,
      ended_at: endedAt,
      end_wh: new Big(input.energy_kwh).times(1000).toFixed(),
      order_id: ids.get(storedId(powerCenter.account_id, input.session_id)),
    }));
    await this.transactions.query(KEEP_SESSIONS, [JSON.stringify(rows)]);
  }
}

function isNear(rate: string, todays: string): boolean {
  const given = new Big(rate);
  return given.gt(0) && given.times(MOST_RATE_CHANGE).gte(todays) && given.div(MOST_RATE_CHANGE).lte(todays);
}
