import type { OCPP16 } from 'typed-ocpp' with { 'resolution-mode': 'import' };
import { encodeResult } from '../frames/frame';
import type { Action } from './requests';
import { assertResponse } from './validate';

/** What is answered to each call of a charger. */
export interface Responses {
  readonly BootNotification: OCPP16.BootNotificationResponse;
  readonly Heartbeat: OCPP16.HeartbeatResponse;
  readonly StatusNotification: OCPP16.StatusNotificationResponse;
  readonly Authorize: OCPP16.AuthorizeResponse;
  readonly StartTransaction: OCPP16.StartTransactionResponse;
  readonly MeterValues: OCPP16.MeterValuesResponse;
  readonly StopTransaction: OCPP16.StopTransactionResponse;
  readonly DataTransfer: OCPP16.DataTransferResponse;
  readonly FirmwareStatusNotification: OCPP16.FirmwareStatusNotificationResponse;
  readonly DiagnosticsStatusNotification: OCPP16.DiagnosticsStatusNotificationResponse;
  readonly LogStatusNotification: object;
  readonly SecurityEventNotification: object;
  readonly SignCertificate: { readonly status: 'Rejected' };
  readonly SignedFirmwareStatusNotification: object;
}

/** @throws Error when the response does not fit the schema of the protocol */
export function encodeResponse<A extends Action>(id: string, action: A, response: Responses[A]): string {
  assertResponse(action, response);
  return encodeResult(id, response);
}
