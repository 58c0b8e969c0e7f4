import { charging } from '../core/domain-event';
import { Choice, Instant, Int, Ref, Text } from '../fields';
import { CONNECTOR_STATUSES, type ConnectorState } from './charge-point-words';

/** The version of these messages that we understand; another one is dead-lettered, not guessed at. */
export const CHARGING_VERSION = 1;

const When = (description: string) => Instant({ presence: 'required', description });
const Version = () => Int({ min: CHARGING_VERSION, max: CHARGING_VERSION, presence: 'required' });

/** Which power center a message speaks of: one of the two. */
class AboutChargePoint {
  @Version() version: number;
  @Text({ description: 'Token of the power center.' }) token?: string | null;
  @Ref({ description: 'Id of the power center, instead of its token.' }) charge_point_id?: number | null;
}

/** A charging back end says what became of a connector. The header Nats-Msg-Id names the event. */
export class ConnectorStatusReported extends AboutChargePoint {
  @Int({ min: 0, max: 10_000, presence: 'required' }) connector_number: number;
  @Choice(CONNECTOR_STATUSES, { presence: 'required' }) status: ConnectorState;
  @When('When the connector came into this status; an older one than the last known is ignored.') time: string;
}

/** A charging back end says that a charger came or went. The header Nats-Msg-Id names the event. */
export class ChargerConnection extends AboutChargePoint {
  @When('When it came or went; an older one than the last known is ignored.') time: string;
}

export const connectorStatus = charging('connector.status', ConnectorStatusReported);
export const chargerConnected = charging('charger.connected', ChargerConnection);
export const chargerDisconnected = charging('charger.disconnected', ChargerConnection);
