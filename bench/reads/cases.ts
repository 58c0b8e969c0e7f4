import type { Asking } from '../measure/connection';

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

export const OWN_DATA = 'own data';

/** The caller's own data, which no baseline has. */
export const ownData = (token: string): Case => ({
  name: OWN_DATA,
  asking: {
    method: 'GET',
    path: '/api/user',
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
  },
});
