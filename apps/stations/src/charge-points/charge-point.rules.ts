import type { ChargePointStatus, ConnectorState } from '@open-cpo/contracts';

/** What decides over the status of a power center. */
export interface Flags {
  readonly configured: boolean;
  readonly connected: boolean;
  readonly busy: boolean;
  readonly reserved: boolean;
  readonly faulted: boolean;
}

/** Whether drivers can count on it at all. */
export const isOnline = ({ configured, connected }: Flags): boolean => configured && connected;

export function statusOf(flags: Flags): ChargePointStatus {
  if (!isOnline(flags) || flags.faulted) return 'unavailable';
  if (flags.busy) return 'busy';
  return flags.reserved ? 'booked' : 'available';
}

/** What the connectors of a power center make of it. */
export type Occupancy = Pick<Flags, 'busy' | 'reserved' | 'faulted'>;

/**
 * Connectors that are out of order do not count: busy when all others are in use, booked when none of them is free and
 * not all are in use, faulted when there are no others.
 */
export function occupancy(statuses: readonly ConnectorState[]): Occupancy {
  const usable = statuses.filter((status) => status !== 'unavailable');
  const taken = usable.length > 0 && usable.every((status) => status === 'busy' || status === 'booked');
  const busy = taken && usable.every((status) => status === 'busy');
  return { busy, reserved: taken && !busy, faulted: statuses.length > 0 && usable.length === 0 };
}

export const sameOccupancy = (a: Occupancy, b: Occupancy): boolean =>
  a.busy === b.busy && a.reserved === b.reserved && a.faulted === b.faulted;

/** A connector as it is mounted. */
export interface Mounted {
  readonly id: number;
  readonly type_id: number;
  readonly number: number | null;
  readonly status: ConnectorState;
}

export interface Wanted {
  readonly type_id: number;
  readonly number: number | null;
}

export interface Remounting {
  readonly kept: readonly (Wanted & { readonly id: number })[];
  readonly added: readonly Wanted[];
  readonly dropped: readonly Mounted[];
}

/**
 * What has to be done to have the wanted connectors. Who keeps their number, or without a number their kind, stays
 * the same connector: orders and chargers refer to it.
 */
export function remount(mounted: readonly Mounted[], wanted: readonly Wanted[]): Remounting {
  const left = [...mounted];
  const kept: (Wanted & { id: number })[] = [];
  const added: Wanted[] = [];
  for (const one of wanted) {
    const same = (old: Mounted) => old.number === one.number && (old.number !== null || old.type_id === one.type_id);
    const at = left.findIndex(same);
    const [old] = at < 0 ? [] : left.splice(at, 1);
    if (old) kept.push({ ...one, id: old.id });
    else added.push(one);
  }
  return { kept, added, dropped: left };
}
