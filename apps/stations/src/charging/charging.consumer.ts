import { Injectable } from '@nestjs/common';
import {
  type ChargerConnection,
  chargerConnected,
  chargerDisconnected,
  connectorStatus,
  type ConnectorStatusReported,
} from '@open-cpo/contracts';
import { Consumes } from '@open-cpo/messaging';
import { ChargerStates } from './charger-states';

/** Listens to charging back ends: each event once in effect, however often it comes. */
@Injectable()
export class ChargingConsumer {
  constructor(private readonly states: ChargerStates) {}

  @Consumes(connectorStatus, { as: 'stations-connector-status' })
  reported(message: ConnectorStatusReported): Promise<void> {
    return this.states.connector(message);
  }

  @Consumes(chargerConnected, { as: 'stations-charger-connected' })
  connected(message: ChargerConnection): Promise<void> {
    return this.states.connection(message, true);
  }

  @Consumes(chargerDisconnected, { as: 'stations-charger-disconnected' })
  disconnected(message: ChargerConnection): Promise<void> {
    return this.states.connection(message, false);
  }
}
