import type { SimulatedCharger } from '@open-cpo/testing';
import { say } from '../stack/terminal';

export type Json = Record<string, unknown>;

/** What a simulated charger does on a command. */
export interface Commanded {
  /** Whether a session may begin with this card now. */
  begin(idTag: string): boolean;
  /** Whether there is such a session, which ends. */
  end(transactionId: string): boolean;
  restart(): void;
  /** Whether the connector is kept free for a card from now on. */
  reserve(reservation: SimulatedReservation): boolean;
  /** Whether there was such a reservation. */
  unreserve(id: number): boolean;
}

export interface SimulatedReservation {
  readonly id: number;
  readonly card: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

export const ACCEPTED = { status: 'Accepted' };
export const REJECTED = { status: 'Rejected' };
const SETTINGS: readonly { key: string; readonly: boolean; value: string }[] = [
  { key: 'HeartbeatInterval', readonly: false, value: '300' },
  { key: 'MeterValueSampleInterval', readonly: false, value: '5' },
  { key: 'NumberOfConnectors', readonly: true, value: '1' },
  { key: 'LocalAuthListEnabled', readonly: false, value: 'true' },
  { key: 'LocalAuthListMaxLength', readonly: true, value: '500' },
  { key: 'SendLocalListMaxLength', readonly: true, value: '50' },
];

export type Answer = (action: string, work: (payload: Json) => Json) => void;

/** Prints a command and how the charger answers. */
export const answerOf =
  (charger: SimulatedCharger): Answer =>
  (action, work) =>
    void charger.answers.set(action, (payload) => {
      const response = work(payload);
      say(
        `  ${action} ${JSON.stringify(payload)}: ${typeof response.status === 'string' ? response.status : 'answered'}`,
      );
      return response;
    });

/** Has a charger answer commands; its settings last as long as it runs. */
export function obey(charger: SimulatedCharger, commanded: Commanded): void {
  const answer = answerOf(charger);
  answer('RemoteStartTransaction', ({ idTag }) => (commanded.begin(String(idTag)) ? ACCEPTED : REJECTED));
  answer('RemoteStopTransaction', ({ transactionId }) => (commanded.end(String(transactionId)) ? ACCEPTED : REJECTED));
  answer('UnlockConnector', () => ({ status: 'Unlocked' }));
  answer('Reset', () => {
    setImmediate(() => commanded.restart());
    return ACCEPTED;
  });
  answer('ChangeAvailability', ({ connectorId, type }) => {
    const status = type === 'Operative' ? 'Available' : 'Unavailable';
    setImmediate(() => void charger.status(Number(connectorId), status).catch(() => undefined));
    return ACCEPTED;
  });
  configured(answer);
  triggered(charger, answer);
  listed(answer);
  reserved(answer, commanded, (connector, status) => void charger.status(connector, status).catch(() => undefined));
  answer('SetChargingProfile', () => ACCEPTED);
  answer('ClearChargingProfile', () => ACCEPTED);
  const report = (action: string, statuses: readonly string[], more: object = {}): void => {
    setImmediate(() => void inTurn(statuses, (status) => charger.call(action, { status, ...more })));
  };
  answer('GetDiagnostics', () => {
    report('DiagnosticsStatusNotification', ['Uploading', 'Uploaded']);
    return { fileName: 'diagnostics.zip' };
  });
  answer('UpdateFirmware', () => {
    report('FirmwareStatusNotification', FIRMWARE_STATUSES);
    return {};
  });
  answer('GetLog', ({ requestId }) => {
    report('LogStatusNotification', ['Uploading', 'Uploaded'], { requestId });
    return { ...ACCEPTED, filename: 'security.log' };
  });
  answer('SignedUpdateFirmware', ({ requestId }) => {
    report('SignedFirmwareStatusNotification', FIRMWARE_STATUSES, { requestId });
    return ACCEPTED;
  });
}

/** What a charger reports of an update. */
export const FIRMWARE_STATUSES = ['Downloading', 'Downloaded', 'Installing', 'Installed'];

/** Sends messages one after the other, as long as the connection lasts. */
export async function inTurn(statuses: readonly string[], send: (status: string) => Promise<unknown>): Promise<void> {
  try {
    for (const status of statuses) await send(status);
  } catch {
    // It has ended.
  }
}

/** A list of cards, as every charger keeps one. */
function listed(answer: Answer): void {
  const list = new SimulatedList();
  answer('SendLocalList', ({ listVersion, updateType, localAuthorizationList }) => {
    const entries = (localAuthorizationList ?? []) as readonly { idTag: string; idTagInfo?: object }[];
    const changes = entries.map(({ idTag, idTagInfo }) => ({ tag: idTag, kept: idTagInfo !== undefined }));
    return { status: list.update(Number(listVersion), updateType === 'Full', changes) };
  });
  answer('GetLocalListVersion', () => ({ listVersion: list.version }));
}

/** The cards that a simulated charger was sent. */
export class SimulatedList {
  version = 0;
  readonly cards = new Set<string>();

  update(version: number, full: boolean, changes: readonly { tag: string; kept: boolean }[]): string {
    if (!full && version <= this.version) return 'VersionMismatch';
    if (full) this.cards.clear();
    for (const { tag, kept } of changes) this.cards[kept ? 'add' : 'delete'](tag);
    this.version = version;
    return 'Accepted';
  }
}

/** One reservation at a time, which ends by itself. */
function reserved(answer: Answer, commanded: Commanded, report: (connector: number, status: string) => void): void {
  answer('ReserveNow', ({ connectorId, expiryDate, idTag, reservationId }) => {
    const reservation = { id: Number(reservationId), card: String(idTag), until: Date.parse(String(expiryDate)) };
    if (!commanded.reserve(reservation)) return { status: 'Occupied' };
    setImmediate(() => report(Number(connectorId), 'Reserved'));
    return ACCEPTED;
  });
  answer('CancelReservation', ({ reservationId }) => {
    if (!commanded.unreserve(Number(reservationId))) return REJECTED;
    setImmediate(() => report(1, 'Available'));
    return ACCEPTED;
  });
}

function configured(answer: Answer): void {
  const settings = SETTINGS.map((one) => ({ ...one }));
  answer('ChangeConfiguration', ({ key, value }) => {
    const setting = settings.find((one) => one.key === key);
    if (!setting) return { status: 'NotSupported' };
    if (setting.readonly) return REJECTED;
    setting.value = String(value);
    return ACCEPTED;
  });
  answer('GetConfiguration', ({ key: keys }) => {
    if (!Array.isArray(keys) || keys.length === 0) return { configurationKey: settings };
    const unknownKey = keys.filter((key) => !settings.some((one) => one.key === key));
    return { configurationKey: settings.filter(({ key }) => keys.includes(key)), unknownKey };
  });
}

function triggered(charger: SimulatedCharger, answer: Answer): void {
  answer('TriggerMessage', ({ requestedMessage, connectorId }) => {
    if (requestedMessage === 'StatusNotification') {
      setImmediate(() => void charger.status(Number(connectorId ?? 1), 'Available').catch(() => undefined));
      return ACCEPTED;
    }
    if (requestedMessage !== 'Heartbeat') return { status: 'NotImplemented' };
    setImmediate(() => void charger.call('Heartbeat').catch(() => undefined));
    return ACCEPTED;
  });
}
