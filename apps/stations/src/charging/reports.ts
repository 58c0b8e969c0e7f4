import {
  type ChargerConnection,
  chargerConnected,
  connectorStatus,
  type ConnectorState,
  type ConnectorStatusReported,
} from '@open-cpo/contracts';
import { type BatchEvent, isOf } from '@open-cpo/events';

/** What a charging back end says of a charger or of one of its connectors. */
export interface Report {
  readonly eventId: string;
  /** Absent with the credential of all. */
  readonly backEnd?: string;
  readonly id: number | null;
  readonly token: string | null;
  readonly at: Date;
  readonly said: { readonly connected: boolean } | { readonly number: number; readonly status: ConnectorState };
}

/** A power center as it was before the reports, held until the end of the transaction. */
export interface KnownCharger {
  readonly id: number;
  readonly account_id: number;
  readonly token: string;
  connected: boolean;
  configured: boolean;
  connection_at: Date | null;
}

export interface KnownConnector {
  readonly id: number;
  readonly charge_point_id: number;
  readonly number: number | null;
  status: ConnectorState;
  status_at: Date | null;
}

/** Milliseconds; a charger whose clock is ahead must not silence what is said later: nothing happened after now. */
const momentOf = (time: string): Date => new Date(Math.min(Date.parse(time), Date.now()));

export function reportOf(event: BatchEvent): Report {
  const { meta } = event;
  const { token = null, charge_point_id: id = null, time } = event.payload as ChargerConnection;
  const said = isOf(event, connectorStatus) ? statusIn(event.payload) : { connected: isOf(event, chargerConnected) };
  return { eventId: meta.eventId, backEnd: meta.backEnd, id, token, at: momentOf(time), said };
}

export const statusIn = ({ connector_number: number, status }: ConnectorStatusReported) => ({ number, status });

/** What is known before, by what is said: a charger, by its connection; a connector, by its status. */
export interface Change {
  readonly charger: KnownCharger;
  readonly connector?: KnownConnector;
}

/** What of it anybody can see; a later word for the same state only moves its time. */
export const seenOf = (one: KnownCharger | KnownConnector): string =>
  'status' in one ? one.status : `${one.connected} ${one.configured}`;

/** Makes a report true of what is known. Nothing where something newer was said before. */
export function applied(report: Report, charger: KnownCharger, connector?: KnownConnector): Change | undefined {
  const { said, at } = report;
  if ('connected' in said) {
    if (charger.connection_at && at < charger.connection_at) return undefined;
    // A charger that has connected once is configured, also while it is disconnected.
    const configured = charger.configured || said.connected;
    Object.assign(charger, { connected: said.connected, configured, connection_at: at });
    return { charger };
  }
  if (!connector || (connector.status_at && at < connector.status_at)) return undefined;
  Object.assign(connector, { status: said.status, status_at: at });
  return { charger, connector };
}

/** By its number; the only connector of a power center may have none. */
export function connectorOf(connectors: readonly KnownConnector[], number: number): KnownConnector | undefined {
  const only = connectors.length === 1 && connectors[0]?.number === null ? connectors[0] : undefined;
  return connectors.find((one) => one.number === number) ?? only;
}
