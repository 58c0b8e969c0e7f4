/** An event of the live feed. */
export interface LiveEvent {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly occurred_at: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The types that the feed names; an `EventSource` listens to each by its name. */
export const EVENT_TYPES = [
  'order.started',
  'order.held',
  'session.limit_reached',
  'order.completed',
  'order.reversed',
  'order.rated',
  'power_center.status_changed',
  'power_center.removed',
  'power_center.connector_unknown',
  'power_center.charger_unknown',
  'charger.faulted',
  'charger.recovered',
  'payout.requested',
  'payout.paid',
  'payout.failed',
] as const;

const CHANGED: Readonly<Record<string, readonly string[]>> = {
  order: ['orders', 'stats', 'balance', 'daily', 'power-centers', 'workers', 'chargers', 'charger-commands'],
  session: ['orders', 'charger-commands'],
  power_center: ['power-centers', 'geojson', 'chargers'],
  charger: ['power-centers', 'chargers'],
  payout: ['payouts', 'balance'],
};

/** The first parts of the keys of queries whose results an event has changed. */
export function changedBy(type: string): readonly string[] {
  if (type === 'order.rated') return ['feedback', 'power-centers', 'orders'];
  return CHANGED[type.split('.')[0] ?? ''] ?? [];
}

/** An event from the text of the feed; undefined for what is none. */
export function eventOf(text: string): LiveEvent | undefined {
  try {
    const parsed = JSON.parse(text) as LiveEvent;
    return typeof parsed.type === 'string' && typeof parsed.sequence === 'number' ? parsed : undefined;
  } catch {
    return undefined;
  }
}
