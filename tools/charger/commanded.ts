import type { SimulatedCharger } from '@open-cpo/testing';
import { say } from '../stack/terminal';

export type Json = Record<string, unknown>;

/** What a simulated charger does when it is told to. */
export interface Commanded {
  /** Whether a session may begin with this card now. */
  begin(idTag: string): boolean;
  /** Whether there is such a session, which ends. */
  end(transactionId: string): boolean;
  restart(): void;
}

export const ACCEPTED = { status: 'Accepted' };
export const REJECTED = { status: 'Rejected' };
const SETTINGS: readonly { key: string; readonly: boolean; value: string }[] = [
  { key: 'HeartbeatInterval', readonly: false, value: '300' },
  { key: 'MeterValueSampleInterval', readonly: false, value: '5' },
  { key: 'NumberOfConnectors', readonly: true, value: '1' },
];

export type Answer = (action: string, work: (payload: Json) => Json) => void;

/** Says what a charger is told, and how it answers. */
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
