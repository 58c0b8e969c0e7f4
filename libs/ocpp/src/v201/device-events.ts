import type { Payload } from '../frames/frame';
import { Fields } from '../v16/fields';
import { connectorIn } from './evse';

/** What `NotifyEvent` says of a connector, or of the charger (0): a state, or a fault that began or is over. */
export interface DeviceEvent {
  readonly connector: number;
  readonly timestamp: unknown;
  /** `AvailabilityState`: a status as in `StatusNotification`. */
  readonly status?: string;
  /** `Problem`: whether there is one. */
  readonly problem?: boolean;
  /** Of the vendor. */
  readonly code?: string;
  readonly info?: string;
}

/** Events of one message that are read. */
const MAX_EVENTS = 100;

const isObject = (value: unknown): value is Payload =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Those of `eventData` that say something of a state; other variables are in the list of messages alone. */
export function deviceEvents(eventData: unknown): DeviceEvent[] {
  const entries = Array.isArray(eventData) ? eventData.slice(0, MAX_EVENTS) : [];
  return entries.filter(isObject).flatMap((entry) => deviceEvent(new Fields(entry, () => undefined)));
}

/** The weight of an unread message: each event of `NotifyEvent` costs as much as a `StatusNotification`. */
export function messagesIn(action: string, { eventData }: Payload): number {
  return action === 'NotifyEvent' && Array.isArray(eventData) ? Math.min(Math.max(eventData.length, 1), MAX_EVENTS) : 1;
}

function deviceEvent(fields: Fields): DeviceEvent[] {
  const component = fields.nested('component') ?? fields.empty();
  const variable = fields.nested('variable')?.text('name')?.toLowerCase();
  const evse = component.nested('evse');
  const about = {
    connector: (evse && connectorIn(evse, 'id')) ?? 0,
    timestamp: fields.raw('timestamp'),
    code: fields.text('techCode'),
    info: fields.text('techInfo') ?? component.text('name'),
  };
  const value = fields.text('actualValue') ?? '';
  if (variable === 'availabilitystate') return [{ ...about, status: value }];
  if (variable !== 'problem') return [];
  return [{ ...about, problem: value.toLowerCase() === 'true' && fields.raw('cleared') !== true }];
}
