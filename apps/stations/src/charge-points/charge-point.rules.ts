import type { ChargePointStatus, ConnectorState } from '@open-cpo/contracts';

/** What decides over the status of a power center. */
export interface Flags {
  readonly configured: boolean;
  readonly connected: boolean;
  readonly busy: boolean;
  readonly reserved: boolean;
}

/** Whether drivers can count on it at all. */
export const isOnline = ({ configured, connected }: Flags): boolean => configured && connected;

export function statusOf(flags: Flags): ChargePointStatus {
  if (!isOnline(flags)) return 'unavailable';
  if (flags.busy) return 'busy';
  return flags.reserved ? 'booked' : 'available';
}

/** Busy when all connectors are in use; booked when none is free and not all are in use. */
export function occupancy(statuses: readonly ConnectorState[]): Pick<Flags, 'busy' | 'reserved'> {
  const busy = statuses.length > 0 && statuses.every((status) => status === 'busy');
  const taken = statuses.length > 0 && statuses.every((status) => status === 'busy' || status === 'booked');
  return { busy, reserved: taken && !busy };
}

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
