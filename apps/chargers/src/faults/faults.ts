import { Injectable } from '@nestjs/common';
import { type ChargerFaulted, chargerFaulted, chargerRecovered } from '@open-cpo/contracts';
import { Outbox, type PendingEvent, Transactions } from '@open-cpo/persistence';
import { Log, Periodic } from '@open-cpo/platform';

const INTERVAL_MS = 3000;
const BATCH = 200;
/** Between two words about a connector: one whose fault comes and goes would fill the feed of its owner. */
const PAUSE_SECONDS = 60;

/** The fault that a connector has; a status alone can say that it has one. */
const FAULT = `case when lower(coalesce(error_code, '')) not in ('', 'noerror') then left(error_code, 100)
  when lower(status) = 'faulted' then 'OtherError' end`;

// By the order of the partial index `connectors_untold`: otherwise each connector is looked at.
const DUE = `
  with due as (
    select k.charger_id, k.number, k.fault as was, ${FAULT} as fault
    from connectors k
    where (${FAULT}) is distinct from k.fault
      and (k.fault_told_at is null or k.fault_told_at < now() - make_interval(secs => $1))
      and exists (select 1 from chargers c where c.id = k.charger_id and c.deleted_at is null)
    order by k.fault_told_at limit ${BATCH} for no key update of k skip locked)
  update connectors k set fault = due.fault, fault_told_at = now()
  from due join chargers c on c.id = due.charger_id
  where k.charger_id = due.charger_id and k.number = due.number
  returning k.charger_id, k.number, due.was, due.fault, k.vendor_error_code, k.info, k.reported_at, c.account_id,
    c.charge_point_id, c.identity`;

interface Due {
  readonly charger_id: number;
  readonly number: number;
  readonly was: string | null;
  readonly fault: string | null;
  readonly vendor_error_code: string | null;
  readonly info: string | null;
  readonly reported_at: Date;
  readonly account_id: number;
  readonly charge_point_id: number;
  readonly identity: string;
}

/** Publishes the faults of connectors and chargers, and when they are over. */
@Injectable()
export class Faults extends Periodic {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    log: Log,
  ) {
    super(INTERVAL_MS, log);
  }

  /** What one replica publishes, another does not find any more. */
  run(): Promise<number> {
    return this.transactions.run(async () => {
      const due = await this.transactions.query<Due>(DUE, [PAUSE_SECONDS], 'chargers.due_faults');
      await this.outbox.publishAll(due.flatMap(eventsOf));
      return due.length;
    });
  }
}

function eventsOf(row: Due): PendingEvent[] {
  const { charger_id, was, fault, vendor_error_code, info } = row;
  const about = {
    charger_id,
    account_id: row.account_id,
    charge_point_id: row.charge_point_id,
    identity: row.identity,
    connector_number: row.number,
    reported_at: row.reported_at.toISOString(),
  };
  const over: ChargerFaulted = { ...about, error_code: was ?? '', vendor_error_code: null, info: null };
  const begun: ChargerFaulted = { ...about, error_code: fault ?? '', vendor_error_code, info };
  return [
    ...(was === null ? [] : [{ domainEvent: chargerRecovered, aggregateId: charger_id, payload: over }]),
    ...(fault === null ? [] : [{ domainEvent: chargerFaulted, aggregateId: charger_id, payload: begun }]),
  ];
}
