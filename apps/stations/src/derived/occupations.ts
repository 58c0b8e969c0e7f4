import type { ConnectorState } from '@open-cpo/contracts';

/** What an order does to the connector it charges at. */
export interface Occupation {
  readonly order_id: number;
  readonly charge_point_id: number;
  readonly number: number | null;
  readonly status: 'busy' | 'available';
  readonly at: Date;
  /** Whether its order began in the moment in which it ended. */
  readonly instant?: boolean;
}

/** A connector as it is mounted. */
export interface Connector {
  readonly id: number;
  readonly charge_point_id: number;
  readonly number: number | null;
  readonly status: ConnectorState;
}

/** What becomes of a connector. */
export interface ConnectorMove {
  readonly id: number;
  readonly charge_point_id: number;
  readonly status: 'busy' | 'available';
  readonly at: Date;
  /** Whether a connector that became busy in the same moment stays so: another order is there. */
  readonly yields: boolean;
}

/** A charger whose clock is ahead must not silence what is said later: nothing happened after now. */
export const momentOf = (time: string, now = Date.now()): Date => new Date(Math.min(Date.parse(time), now));

/** By its number; the only connector of a power center may have none, and then needs none to be meant. */
function meant(connectors: readonly Connector[], number: number | null): Connector | undefined {
  const [first] = connectors;
  const only = connectors.length === 1 && (number === null || first?.number === null) ? first : undefined;
  return connectors.find((one) => one.number === number && number !== null) ?? only;
}

/**
 * The last state of each connector. An order that has ended occupies nothing, however late its beginning is received; where
 * one ends and the next begins in the same moment, the next one is there.
 */
export function movesOf(
  occupations: readonly Occupation[],
  ended: ReadonlySet<number>,
  connectors: readonly Connector[],
): ConnectorMove[] {
  const last = new Map<number, ConnectorMove>();
  for (const { order_id, charge_point_id, number, status, at, instant = false } of occupations) {
    if (status === 'busy' && ended.has(order_id)) continue;
    const mounted = connectors.filter((one) => one.charge_point_id === charge_point_id);
    const id = meant(mounted, number)?.id;
    if (id === undefined) continue;
    const known = last.get(id);
    const later = !known || known.at < at || (known.at.getTime() === at.getTime() && status === 'busy');
    if (later) last.set(id, { id, charge_point_id, status, at, yields: status === 'available' && !instant });
  }
  return [...last.values()];
}
