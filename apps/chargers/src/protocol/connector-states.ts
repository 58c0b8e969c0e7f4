import { Injectable } from '@nestjs/common';
import { CHARGING_VERSION, connectorStatus } from '@open-cpo/contracts';
import type { StatusNotification } from '@open-cpo/ocpp';
import { Outbox, Transactions } from '@open-cpo/persistence';
import type { ChargerContext } from '../sockets/charger-context';
import { CurrentSockets } from './current-sockets';
import { WITHOUT_WAITING } from './without-waiting';

/** Connectors of a charger that are kept: the number of one beyond them is not that of a connector. */
export const MAX_CONNECTORS = 100;

const COUNT = 'select count(*)::int as n from connectors where charger_id = $1';

const KNOWN = 'select state, reported_at from connectors where charger_id = $1 and number = $2';

const KEEP = `
  insert into connectors as c
    (charger_id, number, status, state, error_code, info, vendor_error_code, reported_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (charger_id, number) do update set status = excluded.status, state = excluded.state,
    error_code = excluded.error_code, info = excluded.info, vendor_error_code = excluded.vendor_error_code,
    reported_at = excluded.reported_at`;

// What a charger says again, as all do when they connect. It does not wait for the disk.
const AGAIN = `
  update connectors k set reported_at = $8 from chargers c
  where k.charger_id = $1 and k.number = $2 and k.status = $3 and k.state is not distinct from $4
    and k.error_code is not distinct from $5 and k.info is not distinct from $6
    and k.vendor_error_code is not distinct from $7 and k.reported_at <= $8
    and c.id = k.charger_id and c.generation = $9 and c.deleted_at is null
  returning ${WITHOUT_WAITING}`;

// The status stays: chargers report it by itself.
const FAULT = `
  update connectors set error_code = $3, info = $4, vendor_error_code = $5 where charger_id = $1 and number = $2`;

/** The states of connectors: all are kept, changes are published. 0 is the charger itself. */
@Injectable()
export class ConnectorStates {
  constructor(
    private readonly transactions: Transactions,
    private readonly outbox: Outbox,
    private readonly sockets: CurrentSockets,
  ) {}

  async report(context: ChargerContext, value: StatusNotification, at: number, receivedAt: number): Promise<void> {
    const { connector, status, state, errorCode, info, vendorErrorCode } = value;
    const { id, chargePointId } = context;
    if (await this.isAgain(context, value, at)) return;
    await this.transactions.run(async () => {
      await this.sockets.lock(context);
      const was = await this.transactions.first<{ state: string | null; reported_at: Date }>(
        KNOWN,
        [id, connector],
        'connectors.known',
      );
      if (!was && (await this.isFull(id))) return context.note(['connectors_too_many']);
      // Statuses come in their order: one that seems older than the one before has a wrong time.
      const moment = new Date(was && was.reported_at.getTime() > at ? receivedAt : at);
      const row = [id, connector, status, state, errorCode, info, vendorErrorCode, moment];
      await this.transactions.query(KEEP, row, 'connectors.keep');
      if (connector === 0 || state === undefined || was?.state === state) return;
      const payload = { connector_number: connector, status: state, time: moment.toISOString() };
      await this.outbox.publish(connectorStatus, id, {
        version: CHARGING_VERSION,
        charge_point_id: chargePointId,
        ...payload,
      });
    });
  }

  /** Whether it is what is known already. Not within a transaction, which may hold what has to be on the disk. */
  private async isAgain({ id, generation }: ChargerContext, value: StatusNotification, at: number): Promise<boolean> {
    if (this.transactions.active) return false;
    const { connector, status, state, errorCode, info, vendorErrorCode } = value;
    const params = [id, connector, status, state, errorCode, info, vendorErrorCode, new Date(at), generation];
    return (await this.transactions.query(AGAIN, params, 'connectors.again')).length > 0;
  }

  private async isFull(id: number): Promise<boolean> {
    const row = await this.transactions.first<{ n: number }>(COUNT, [id]);
    return (row?.n ?? 0) >= MAX_CONNECTORS;
  }

  /** Shows what is wrong with a connector whose status is known; nothing where it is over. */
  async fault(context: ChargerContext, connector: number, fault?: { code?: string; info?: string }): Promise<void> {
    const values = fault ? ['OtherError', fault.info ?? null, fault.code ?? null] : ['NoError', null, null];
    await this.transactions.run(async () => {
      await this.sockets.lock(context);
      await this.transactions.query(FAULT, [context.id, connector, ...values]);
    });
  }
}
