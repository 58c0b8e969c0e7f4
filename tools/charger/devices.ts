import { randomUUID } from 'node:crypto';
import { SimulatedCharger, SimulatedStation } from '@open-cpo/testing';
import { type Commanded, obey } from './commanded';
import { obeyStation } from './commanded-201';
import type { ChargerToolOptions } from './options';

/** A transaction of a simulated charger. */
export interface DeviceTransaction {
  readonly id: string;
  /** Wh. */
  meter(wh: number): Promise<unknown>;
  end(wh: number, reason: 'PowerLoss' | 'EVDisconnected' | 'Remote'): Promise<unknown>;
}

/** A simulated charger with one connector, whatever protocol it speaks. */
export interface Device {
  /** Seconds between heartbeats. */
  boot(serial: string): Promise<number>;
  /** `connector` 0: the charger itself. */
  status(connector: number, state: 'Available' | 'Preparing' | 'Charging'): Promise<unknown>;
  /** What the card may do. */
  authorize(card: string): Promise<string>;
  /** `reservationId`: the reservation that it uses up. */
  begin(card: string, wh: number, reservationId?: number): Promise<DeviceTransaction>;
  heartbeat(): Promise<unknown>;
  /** Executes a command. */
  obey(commanded: Commanded): void;
  /** Resolves when the connection has ended. */
  readonly closed: Promise<unknown>;
  close(): void;
}

const FIRMWARE = '1.0.0';

/** Speaks OCPP 1.6. */
function device16(charger: SimulatedCharger): Device {
  return {
    boot: async (serial) => {
      const { interval } = await charger.boot({ firmwareVersion: FIRMWARE, chargePointSerialNumber: serial });
      return Number(interval);
    },
    status: (connector, state) => charger.status(connector, state),
    authorize: async (idTag) => {
      const { idTagInfo } = await charger.call('Authorize', { idTag });
      return (idTagInfo as { status: string }).status;
    },
    begin: async (idTag, wh, reservationId) => {
      const { id } = await charger.start({ idTag, meterStart: wh, ...(reservationId ? { reservationId } : {}) });
      return {
        id: String(id),
        meter: (now) => charger.meter(id, now),
        end: (now, reason) => charger.stop(id, now, { reason }),
      };
    },
    heartbeat: () => charger.call('Heartbeat'),
    obey: (commanded) => obey(charger, commanded),
    closed: charger.closed,
    close: () => charger.close(),
  };
}

/** Speaks OCPP 2.0.1. */
function device201(station: SimulatedStation): Device {
  return {
    boot: async (serialNumber) => {
      const { interval } = await station.boot({ firmwareVersion: FIRMWARE, serialNumber });
      return Number(interval);
    },
    status: (connector, state) =>
      station.status(connector, state === 'Available' ? state : 'Occupied', Math.min(connector, 1)),
    authorize: (card) => station.authorize(card),
    begin: async (card, wh, reservationId) => {
      const transactionId = randomUUID();
      let seqNo = 0;
      const next = () => ({ transactionId, seqNo: seqNo++ });
      const more = { evse: { id: 1, connectorId: 1 }, ...(reservationId ? { reservationId } : {}) };
      await station.event({ ...next(), type: 'Started', wh, card, triggerReason: 'Authorized', more });
      const info = { chargingState: 'Charging' };
      await station.event({ ...next(), type: 'Updated', triggerReason: 'ChargingStateChanged', info });
      return {
        id: transactionId,
        meter: (now) => station.event({ ...next(), type: 'Updated', wh: now, info }),
        end: (now, stoppedReason) =>
          station.event({ ...next(), type: 'Ended', wh: now, triggerReason: 'EVDeparted', info: { stoppedReason } }),
      };
    },
    heartbeat: () => station.call('Heartbeat'),
    obey: (commanded) => obeyStation(station, commanded),
    closed: station.charger.closed,
    close: () => station.close(),
  };
}

/** @throws ConnectionRefused */
export async function connectDevice(options: ChargerToolOptions): Promise<Device> {
  return options.protocol === '2.0.1'
    ? device201(await SimulatedStation.connect(options))
    : device16(await SimulatedCharger.connect(options));
}
