import { dayOf, lastDays, momentOf } from '../format/times';
import type { SortItem } from '../lists/url-state';
import type { Order } from './orders';

/** What was earned and sold on a day. */
export interface Day {
  readonly day: string;
  earning: number;
  energy: number;
  orders: number;
}

export interface Daily {
  readonly days: Day[];
  /** There were more orders than are read: the first days are not whole. */
  readonly partial: boolean;
}

const PAGE = 200;
const MOST_PAGES = 5;
const REVERSED = 2;

type ReadOrders = (query: { page: number; itemsPerPage: number; sortBy: SortItem[] }) => Promise<{ data: Order[] }>;

/** The last days, added up from the latest orders: the API has no totals of single days. */
export async function readDaily(count: number, timeZone: string, read: ReadOrders, now = new Date()): Promise<Daily> {
  const days = new Map(lastDays(count, now, timeZone).map((day) => [day, { day, earning: 0, energy: 0, orders: 0 }]));
  const first = [...days.keys()][0] ?? '';
  const newest: SortItem[] = [{ key: 'insert_date', order: 'desc' }];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const { data } = await read({ page, itemsPerPage: PAGE, sortBy: newest });
    for (const order of data)
      addTo(days.get(dayOf(momentOf(order.delivery_date ?? order.created_at), timeZone)), order);
    const last = data.at(-1);
    if (data.length < PAGE || !last || dayOf(momentOf(last.created_at), timeZone) < first) {
      return { days: [...days.values()], partial: false };
    }
  }
  return { days: [...days.values()], partial: true };
}

function addTo(day: Day | undefined, { status, earning, charging_session_energy }: Order): void {
  if (!day || status === REVERSED) return;
  day.orders += 1;
  day.earning += Number(earning) || 0;
  day.energy += Number(charging_session_energy) || 0;
}
