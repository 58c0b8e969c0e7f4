import type { Asking } from '../measure/connection';

/** A read that is measured. */
export interface Case {
  readonly name: string;
  readonly asking: Asking;
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
