import { orderCompleted, orderHeld, orderReversed, orderStarted } from '@open-cpo/contracts';
import { type BatchEvent, isOf } from '@open-cpo/events';
import { momentOf, type Occupation } from './occupations';
import { begun, heldForReview, staged, type StagedOrder } from './order-stages';

/** What a batch of events says, by what it concerns. */
export interface ReceivedEffects {
  readonly orders: readonly StagedOrder[];
  readonly occupations: readonly Occupation[];
}

/** Whom an event concerns. */
export interface About {
  readonly order_id: number;
  readonly account_id: number;
  readonly charge_point_id: number;
}

type AboutConnector = About & { readonly connector_number?: number | null };

export const aboutOf = ({ payload }: BatchEvent): About => payload as About;

/** Only the first end of an order frees its connector: at the time of a correction somebody else is there. */
export function effectsIn(events: readonly BatchEvent[]): ReceivedEffects {
  const orders: StagedOrder[] = [];
  const occupations: Occupation[] = [];
  const occupy = (about: AboutConnector, status: Occupation['status'], time: string, instant = false) => {
    const { order_id, charge_point_id, connector_number: number = null } = about;
    occupations.push({ order_id, charge_point_id, number, status, at: momentOf(time), instant });
  };
  for (const event of events) {
    if (isOf(event, orderStarted)) {
      orders.push(begun(event.payload));
      occupy(event.payload, 'busy', event.payload.started_at);
    }
    // Nothing is counted of it, but its connector is free.
    if (isOf(event, orderHeld) && event.payload.ended_at) {
      const { started_at, ended_at } = event.payload;
      orders.push(heldForReview(event.payload));
      occupy(event.payload, 'available', ended_at, Date.parse(started_at) === Date.parse(ended_at));
    }
    if (isOf(event, orderReversed)) orders.push(staged(event.payload, true));
    if (!isOf(event, orderCompleted)) continue;
    orders.push(staged(event.payload));
    if (event.payload.revision === 1 && !event.payload.imported)
      occupy(event.payload, 'available', event.payload.completed_at, Number(event.payload.minutes) === 0);
  }
  return { orders, occupations };
}
