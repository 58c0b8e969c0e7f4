import {
  localDay,
  ORDER_STATUS,
  type OrderPayment,
  type OrderStatus,
  type PriceUnit,
  Refusal,
} from '@open-cpo/contracts';
import type { Tariff } from '../charge-points/tariff';
import type { Flag } from '../plausibility/flags';
import { figuresAt, nothingYet, type Outcome, type Terms, unpriced } from './figures';

/** A part of the session that cost the same; amounts in USD, as decimal texts, beside those of the order's currency. */
export interface StoredSlice {
  readonly quantity: string;
  readonly price: string;
  readonly total: string;
  readonly price_amount?: string;
  readonly total_amount?: string;
  readonly startingTime: string;
  readonly endingTime: string;
}

/** What a session comes to; decimals are texts with as many digits as their columns have. */
export interface OrderFigures {
  readonly charging_session_time: string;
  readonly charging_session_energy: string;
  readonly quantity: string;
  readonly unit_price_usd: string;
  readonly price_usd: string;
  readonly fees_usd: string;
  readonly earning_usd: string;
  readonly prices: readonly StoredSlice[];
  /** The same in `amounts_currency`: exact, while USD has eight decimals. Null in orders from before they were kept. */
  readonly unit_price_amount: string | null;
  readonly price_amount: string | null;
  readonly earning_amount: string | null;
  readonly amounts_currency: string | null;
}

/** What operators look at. */
export interface ForReview {
  /** What is implausible of it, or worth an operator's while. */
  readonly flags: readonly Flag[];
  /** It waits for an operator, and is no money until then. */
  readonly held: boolean;
  /** An operator has looked at it: nothing holds it any more. */
  readonly released: boolean;
  /** What its connector can deliver; null where unknown. */
  readonly power_kw: number | null;
  /** When it was first completed, by our clock. */
  readonly completed_at: Date | null;
  /** Readings that it was priced by: fewer never price it again. */
  readonly readings: number | null;
  /** It was published that its session has reached a limit. */
  readonly limit_told: boolean;
}

/** An order as it is stored. */
export interface OrderRow extends OrderFigures, ForReview {
  readonly id: number;
  readonly session_id: string;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly charge_point_connector_id: number | null;
  readonly connector_number: number | null;
  /** The driver; null for the owner. */
  readonly user_id: number | null;
  readonly fleet_id: number | null;
  readonly payment: OrderPayment;
  readonly worker_id: number | null;
  readonly unit: PriceUnit;
  readonly requested_quantity: string;
  /** What that counts; null: `unit`. */
  readonly requested_unit: PriceUnit | null;
  readonly status: OrderStatus;
  /** How often it was completed. */
  readonly revision: number;
  /** The decision of an operator, or of an import, is final: later events of the session change nothing. */
  readonly closed_by: 'event' | 'silence' | 'operator' | 'import' | null;
  readonly tariff: Tariff;
  /** Frozen when it is first completed, like the rate and the currency. */
  readonly earning_rate: string | null;
  readonly flat_fee_usd: string | null;
  readonly currency: string | null;
  readonly rate: string | null;
  /** Local day of the power center on which it ended. */
  readonly day: string | null;
  readonly feedback_exist: boolean;
  readonly delivered_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const { open, completed, cancelled } = ORDER_STATUS;

/** Which status may follow which. An order begins as open, or as completed where it is imported history. */
export const TRANSITIONS: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  [open]: [completed, cancelled],
  // Again with the next revision, by later events of its session or by an operator.
  [completed]: [completed, cancelled],
  [cancelled]: [completed],
};

/** A status that may not follow the order's. */
export class InvalidTransition extends Refusal {
  constructor(from: OrderStatus, to: OrderStatus) {
    super('conflict', { message: `An order of status ${from} cannot get status ${to}.` });
  }
}

/** Only a complete order can be reversed. */
export class OrderNotCompleted extends Refusal {
  constructor() {
    super('conflict', { message: 'The order is not complete.' });
  }
}

/** Only an order that is held for review can be released. */
export class OrderNotHeld extends Refusal {
  constructor() {
    super('conflict', { message: 'The order is not held for review.' });
  }
}

/** What a session came to, and on which terms. */
export interface Completion {
  readonly outcome: Outcome;
  readonly terms: Terms;
  readonly workerId: number | null;
  /** How many it was priced by. */
  readonly readings: number;
  readonly at: Date;
}

/** The transitions of an order. Each answers the row as it is afterwards. */
export class Order {
  constructor(readonly row: OrderRow) {}

  /** What an operator has decided stays, and so does imported history. */
  get isFinal(): boolean {
    return this.row.closed_by === 'operator' || this.row.closed_by === 'import';
  }

  /** @throws InvalidTransition */
  complete({ outcome, terms, workerId, readings, at }: Completion): OrderRow {
    const { tariff, revision, completed_at } = this.row;
    return this.to(completed, {
      ...figuresAt(outcome, tariff, terms),
      worker_id: workerId,
      revision: revision + 1,
      earning_rate: terms.earningRate,
      flat_fee_usd: terms.fee,
      ...terms.settlement,
      day: localDay(tariff.time_zone, outcome.endedAt),
      delivered_at: outcome.endedAt,
      completed_at: completed_at ?? at,
      readings,
    });
  }

  /**
   * It comes to nothing; what was delivered stays to be seen.
   * @throws InvalidTransition
   */
  cancel(): OrderRow {
    const { tariff, charging_session_time, charging_session_energy, quantity } = this.row;
    return this.to(cancelled, { ...nothingYet(tariff), charging_session_time, charging_session_energy, quantity });
  }

  /** @throws OrderNotCompleted */
  reverse(): OrderRow {
    if (this.row.status !== completed) throw new OrderNotCompleted();
    return this.cancel();
  }

  /** It costs nothing until an operator has looked at it. */
  hold(outcome: Outcome, flags: readonly Flag[]): OrderRow {
    return { ...this.row, ...unpriced(outcome, this.row.tariff), flags, held: true };
  }

  /** @throws OrderNotHeld */
  release(): OrderRow {
    if (!this.row.held) throw new OrderNotHeld();
    return { ...this.row, held: false, released: true };
  }

  private to(status: OrderStatus, changes: Partial<OrderRow>): OrderRow {
    if (!TRANSITIONS[this.row.status].includes(status)) throw new InvalidTransition(this.row.status, status);
    return { ...this.row, ...changes, status, held: false };
  }
}
