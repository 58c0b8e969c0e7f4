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
  'GetVariables',
  'Heartbeat',
  'MeterValues',
  'NotifyEvent',
  'RemoteStartTransaction',
  'RemoteStopTransaction',
  'RequestStartTransaction',
  'RequestStopTransaction',
  'Reset',
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

/** The text and colour of a connector's status, which is a word of OCPP; an unknown one stays as it is. */
export function useConnectorStatus() {
  const texts = useI18n();
  return (status: string) => ({
    text: texts.te(`ocppStatus.${status}`) ? texts.t(`ocppStatus.${status}`) : status,
    color: COLORS[status] ?? 'info',
  });
}
