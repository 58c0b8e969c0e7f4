import { type Asking, bytesOf } from '../measure/connection';

/** A request that is measured. */
export interface Case {
  readonly name: string;
  /** The request, or the first one where each is another. */
  readonly asking: Asking;
  readonly next?: () => Buffer;
}

/** The reads in the words of the API. */
export const casesFor = (token: string, chargePointId: number): readonly Case[] => {
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const get = (name: string, path: string): Case => ({ name, asking: { method: 'GET', path, headers } });
  return [
    get('power center list', '/api/charge-points'),
    get('one power center', `/api/charge-points/${chargePointId}`),
    get('orders page', '/api/orders'),
    get('datatable search', '/api/charge-points/datatable?search=algiers'),
  ];
};

let created = 0;

/** Creating power centers, each with a key of its own: what a write costs, which no baseline does. */
export function creation(token: string): Case {
  const mark = `${process.pid}-${Date.now()}`;
  const asking = (): Asking => ({
    method: 'POST',
    path: '/api/charge-points',
    headers: { authorization: `Bearer ${token}`, 'idempotency-key': `${mark}-${(created += 1)}` },
    body: JSON.stringify({ title: `Power center ${created}`, category: 'EV_CHARGER', city: 'Algiers' }),
  });
  return { name: 'create', asking: asking(), next: () => bytesOf(asking()) };
}
