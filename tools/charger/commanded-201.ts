import type { SimulatedStation } from '@open-cpo/testing';
import { ACCEPTED, type Answer, answerOf, type Commanded, type Json, REJECTED } from './commanded';

/** Settings by their names. */
const SETTINGS: Readonly<Record<string, string>> = {
  'OCPPCommCtrlr.HeartbeatInterval': '300',
  'SampledDataCtrlr.TxUpdatedInterval': '5',
  'TxCtrlr.TxStartPoint': 'Authorized',
};

const nameOf = (value: unknown): string => String((value as { name?: unknown } | undefined)?.name);
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

/** Has a charger of OCPP 2.0.1 answer commands; its settings last as long as it runs. */
export function obeyStation(station: SimulatedStation, commanded: Commanded): void {
  const answer = answerOf(station.charger);
  answer('RequestStartTransaction', ({ idToken }) =>
    commanded.begin(String((idToken as { idToken: unknown }).idToken)) ? ACCEPTED : REJECTED,
  );
  answer('RequestStopTransaction', ({ transactionId }) => (commanded.end(String(transactionId)) ? ACCEPTED : REJECTED));
  answer('UnlockConnector', () => ({ status: 'Unlocked' }));
  answer('Reset', () => {
    setImmediate(() => commanded.restart());
    return ACCEPTED;
  });
  answer('ChangeAvailability', ({ evse, operationalStatus }) => {
    const { id = 0, connectorId = 0 } = (evse ?? {}) as { id?: number; connectorId?: number };
    const status = operationalStatus === 'Operative' ? 'Available' : 'Unavailable';
    setImmediate(() => void station.status(id, status, connectorId).catch(() => undefined));
    return ACCEPTED;
  });
  configured(answer);
  answer('TriggerMessage', ({ requestedMessage }) => {
    const sends = {
      Heartbeat: () => station.call('Heartbeat'),
      StatusNotification: () => station.status(1, 'Available'),
    };
    const send = sends[requestedMessage as keyof typeof sends] as (() => Promise<Json>) | undefined;
    if (!send) return { status: 'NotImplemented' };
    setImmediate(() => void send().catch(() => undefined));
    return ACCEPTED;
  });
}

function configured(answer: Answer): void {
  const settings = new Map(Object.entries(SETTINGS));
  const keyOf = ({ component, variable }: Json): string => `${nameOf(component)}.${nameOf(variable)}`;
  answer('SetVariables', ({ setVariableData }) => ({
    setVariableResult: listOf(setVariableData).map(({ component, variable, attributeValue }) => {
      const key = keyOf({ component, variable });
      if (settings.has(key)) settings.set(key, String(attributeValue));
      return { component, variable, attributeStatus: settings.has(key) ? 'Accepted' : 'UnknownVariable' };
    }),
  }));
  answer('GetVariables', ({ getVariableData }) => ({
    getVariableResult: listOf(getVariableData).map(({ component, variable }) => {
      const attributeValue = settings.get(keyOf({ component, variable }));
      return attributeValue === undefined
        ? { component, variable, attributeStatus: 'UnknownVariable' }
        : { component, variable, attributeStatus: 'Accepted', attributeValue };
    }),
  }));
}
