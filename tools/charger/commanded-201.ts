import type { SimulatedStation } from '@open-cpo/testing';
import {
  ACCEPTED,
  type Answer,
  answerOf,
  type Commanded,
  FIRMWARE_STATUSES,
  inTurn,
  type Json,
  REJECTED,
  SimulatedList,
} from './commanded';

/** Settings by their names. */
const SETTINGS: Readonly<Record<string, string>> = {
  'OCPPCommCtrlr.HeartbeatInterval': '300',
  'SampledDataCtrlr.TxUpdatedInterval': '5',
  'TxCtrlr.TxStartPoint': 'Authorized',
  'LocalAuthListCtrlr.Enabled': 'true',
  'LocalAuthListCtrlr.ItemsPerMessage': '50',
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
  configured(station, answer);
  listed(answer);
  reserved(station, answer, commanded);
  reporting(station, answer);
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

/** Limits, uploads and updates. */
function reporting(station: SimulatedStation, answer: Answer): void {
  answer('SetChargingProfile', () => ACCEPTED);
  answer('ClearChargingProfile', () => ACCEPTED);
  const report = (action: string, requestId: unknown, statuses: readonly string[]): void => {
    setImmediate(() => void inTurn(statuses, (status) => station.call(action, { status, requestId })));
  };
  answer('GetLog', ({ requestId }) => {
    report('LogStatusNotification', requestId, ['Uploading', 'Uploaded']);
    return { ...ACCEPTED, filename: 'diagnostics.zip' };
  });
  answer('UpdateFirmware', ({ requestId }) => {
    report('FirmwareStatusNotification', requestId, FIRMWARE_STATUSES);
    return ACCEPTED;
  });
}

function listed(answer: Answer): void {
  const list = new SimulatedList();
  answer('SendLocalList', ({ versionNumber, updateType, localAuthorizationList }) => {
    const changes = listOf(localAuthorizationList).map(({ idToken, idTokenInfo }) => ({
      tag: String((idToken as { idToken: unknown }).idToken),
      kept: idTokenInfo !== undefined,
    }));
    return { status: list.update(Number(versionNumber), updateType === 'Full', changes) };
  });
  answer('GetLocalListVersion', () => ({ versionNumber: list.version }));
}

function reserved(station: SimulatedStation, answer: Answer, commanded: Commanded): void {
  const report = (evseId: number, status: string) =>
    setImmediate(() => void station.status(evseId, status).catch(() => undefined));
  answer('ReserveNow', ({ id, expiryDateTime, idToken, evseId }) => {
    const card = String((idToken as { idToken: unknown }).idToken);
    const until = Date.parse(String(expiryDateTime));
    if (!commanded.reserve({ id: Number(id), card, until })) return { status: 'Occupied' };
    report(Number(evseId ?? 1), 'Reserved');
    return ACCEPTED;
  });
  answer('CancelReservation', ({ reservationId }) => {
    if (!commanded.unreserve(Number(reservationId))) return REJECTED;
    report(1, 'Available');
    return ACCEPTED;
  });
}

function configured(station: SimulatedStation, answer: Answer): void {
  const settings = new Map(Object.entries(SETTINGS));
  const keyOf = ({ component, variable }: Json): string => `${nameOf(component)}.${nameOf(variable)}`;
  answer('SetVariables', ({ setVariableData }) => ({
    setVariableResult: listOf(setVariableData).map(({ component, variable, attributeValue }) => {
      const key = keyOf({ component, variable });
      if (settings.has(key)) settings.set(key, String(attributeValue));
      return { component, variable, attributeStatus: settings.has(key) ? 'Accepted' : 'UnknownVariable' };
    }),
  }));
  answer('GetBaseReport', ({ requestId }) => {
    const reportData = [...settings].map(([key, value]) => {
      const [component, variable] = key.split('.').map((name) => ({ name }));
      return { component, variable, variableAttribute: [{ value, mutability: 'ReadWrite' }] };
    });
    const report = { requestId, generatedAt: new Date().toISOString(), seqNo: 0, tbc: false, reportData };
    setImmediate(() => void station.call('NotifyReport', report).catch(() => undefined));
    return ACCEPTED;
  });
  answer('GetVariables', ({ getVariableData }) => ({
    getVariableResult: listOf(getVariableData).map(({ component, variable }) => {
      const attributeValue = settings.get(keyOf({ component, variable }));
      return attributeValue === undefined
        ? { component, variable, attributeStatus: 'UnknownVariable' }
        : { component, variable, attributeStatus: 'Accepted', attributeValue };
    }),
  }));
}
