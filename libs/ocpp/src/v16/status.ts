/** States of a connector as the platform knows them. */
export type ConnectorState = 'available' | 'busy' | 'booked' | 'unavailable';

const STATES: Readonly<Record<string, ConnectorState>> = {
  available: 'available',
  preparing: 'busy',
  charging: 'busy',
  suspendedev: 'busy',
  suspendedevse: 'busy',
  finishing: 'busy',
  // 2.0.1, and 1.5 by way of some firmware.
  occupied: 'busy',
  reserved: 'booked',
  unavailable: 'unavailable',
  faulted: 'unavailable',
};

/** The state that a status of OCPP means; nothing for one that is none. */
export const stateOf = (status: string | undefined): ConnectorState | undefined =>
  status === undefined || !Object.hasOwn(STATES, status.toLowerCase()) ? undefined : STATES[status.toLowerCase()];
