import { ApiProperty } from '../core/documentation';
import type { Permission } from '../core/permissions';

/** Every event for owners, and the permission that a user needs to see it. */
export const EVENT_PERMISSIONS = {
  'order.started': 'orders.view',
  'order.completed': 'orders.view',
  'order.reversed': 'orders.view',
  'order.held': 'orders.view',
  'session.limit_reached': 'orders.view',
  'order.rated': 'feedback.view',
  'power_center.status_changed': 'power-centers.view',
  'power_center.removed': 'power-centers.view',
  'power_center.connector_unknown': 'power-centers.view',
  'power_center.charger_unknown': 'power-centers.view',
  'charger.faulted': 'chargers.view',
  'charger.recovered': 'chargers.view',
  'payout.requested': 'payouts.view',
  'payout.paid': 'payouts.view',
  'payout.failed': 'payouts.view',
} as const satisfies Record<string, Permission>;

export type EventType = keyof typeof EVENT_PERMISSIONS;
/** In the order of the documentation. */
export const EVENT_TYPES = Object.keys(EVENT_PERMISSIONS) as readonly EventType[];

/** Something that happened in an account, as its owner may see it. */
export class OwnersEvent {
  /** Unique for ever: a repetition has the same id. */
  @ApiProperty({ example: '6f1f2a53-3a43-4f0e-9d0c-5c1f0f4b7a11' }) id: string;
  @ApiProperty({ example: 'order.completed', enum: EVENT_TYPES }) type: EventType;
  /** Counts the account's events from 1 without a gap. */
  @ApiProperty({ example: 1042 }) sequence: number;
  @ApiProperty({ example: '2025-05-12T09:02:00.000000Z' }) occurred_at: string;
  /** By the type: see docs/webhooks-and-events.md. Amounts are decimal texts. */
  @ApiProperty({ type: Object, example: { id: 171, charge_point_id: 12, status: 1, price: '102.0000' } })
  data: Record<string, unknown>;
}
