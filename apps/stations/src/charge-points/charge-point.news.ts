import { Injectable } from '@nestjs/common';
import {
  type Caller,
  type ChargePointChanged,
  chargePointChanged,
  type ChargePointPrice,
  chargePointRemoved,
} from '@open-cpo/contracts';
import { Audit, Outbox } from '@open-cpo/persistence';
import { StationsConfig } from '../config';
import type { PriceColumns, WholeRow } from './charge-point.rows';
import { type Addresses, cardView } from './charge-point.views';

export type ChangeKind = 'create' | 'update' | 'delete';

/** Tells of changes, in their transaction: the audit log for people, events for other services. */
@Injectable()
export class ChargePointNews {
  constructor(
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly config: StationsConfig,
  ) {}

  /** Says that a write changes nothing. */
  unchanged(): void {
    this.audit.unchanged();
  }

  async changed(row: WholeRow): Promise<void> {
    await this.outbox.publish(chargePointChanged, row.id, newsOf(row, this.config));
  }

  async allChanged(rows: readonly WholeRow[]): Promise<void> {
    const events = rows.map((row) => {
      return { domainEvent: chargePointChanged, aggregateId: row.id, payload: newsOf(row, this.config) };
    });
    await this.outbox.publishAll(events);
  }

  async removed({ id, account_id }: WholeRow): Promise<void> {
    await this.outbox.publish(chargePointRemoved, id, { id, account_id });
  }

  async record(
    deed: ChangeKind,
    id: number,
    before: WholeRow | null,
    after: WholeRow | null,
    caller: Caller,
  ): Promise<void> {
    const [was, is] = differing(before && entered(before), after && entered(after));
    await this.audit.write(
      { action: `power-centers.${deed}`, subject: 'charge-point', id, before: was, after: is },
      caller,
    );
  }
}

/** A power center as other services keep it. */
export const newsOf = (row: WholeRow, addresses: Addresses): ChargePointChanged => ({
  id: row.id,
  account_id: row.account_id,
  time_zone: row.time_zone,
  price: priceOf(row),
  connectors: row.connectors.map(({ id, type_id, number, status }) => ({ id, type_id, number, status })),
  card: cardView(row, addresses),
});

const priceOf = ({ price_amount, price_currency, price_usd }: PriceColumns): ChargePointPrice | null =>
  price_amount !== null && price_currency !== null && price_usd !== null
    ? { amount: price_amount, currency: price_currency, usd: price_usd }
    : null;

/** Totals and states that events change are no user's change, and times are those of the entry itself. */
const NOT_ENTERED =
  /^(total_|earning_|connection_at|orders_count|rating|busy|reserved|faulted|connected|configured|charger_type$|created_at|updated_at)/;

/** What people enter. */
function entered({ connectors, amenities, ...columns }: WholeRow): Record<string, unknown> {
  return {
    ...Object.fromEntries(Object.entries(columns).filter(([name]) => !NOT_ENTERED.test(name))),
    connectors: connectors.map(({ id, type_id, number }) => ({ id, type_id, number })),
    amenities: amenities.map(({ id }) => id),
  };
}

type DomainEvents = Record<string, unknown> | null;

/** Of a change only what changed. */
function differing(before: DomainEvents, after: DomainEvents): [DomainEvents, DomainEvents] {
  if (!before || !after) return [before, after];
  const names = Object.keys(after).filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  const only = (row: Record<string, unknown>) => Object.fromEntries(names.map((name) => [name, row[name]]));
  return [only(before), only(after)];
}
