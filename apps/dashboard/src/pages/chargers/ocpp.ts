import { useI18n } from 'vue-i18n';

/** Actions of the messages between chargers and the platform, of OCPP 1.6 and 2.0.1, to filter by. */
export const ACTIONS: readonly string[] = [
  'Authorize',
  'BootNotification',
  'ChangeAvailability',
  'ChangeConfiguration',
  'DataTransfer',
  'DiagnosticsStatusNotification',
  'FirmwareStatusNotification',
  'GetConfiguration',
  'GetTransactionStatus',
  'GetVariables',
  'Heartbeat',
  'MeterValues',
  'NotifyEvent',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestStartTransaction',
  'RequestStopTransaction',
  'Reset',
  'SecurityEventNotification',
  'SetVariables',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
  'TransactionEvent',
  'TriggerMessage',
  'UnlockConnector',
];

const COLORS: Readonly<Record<string, string>> = {
  Available: 'success',
  Faulted: 'error',
  Unavailable: 'error',
  Reserved: 'warning',
  Finishing: 'warning',
};

/** A word of OCPP, or a deviation from it, in the page's language; an unknown one stays as it is. */
export function useOcppTexts() {
  const i18n = useI18n();
  const text = (key: string, word: string): string => (i18n.te(key) ? i18n.t(key) : word);
  return {
    fault: (word: string): string => text(`chargerFault.${word}`, word),
    quirk: (word: string): string => text(`quirk.${word}`, word),
    progress: (word: string): string => text(`chargerProgress.${word}`, word),
    answer: (word: string): string => text(`chargerAnswer.${word}`, word),
  };
}

/** The text and colour of a connector's status, which is a word of OCPP; an unknown one stays as it is. */
export function useConnectorStatus() {
  const texts = useI18n();
  return (status: string) => ({
    text: texts.te(`ocppStatus.${status}`) ? texts.t(`ocppStatus.${status}`) : status,
    color: COLORS[status] ?? 'info',
  });
}

/** `ocpp1.6` as it is read: OCPP 1.6. */
export const protocolName = (protocol: string | null): string => protocol?.replace(/^ocpp/, 'OCPP ') ?? '–';
