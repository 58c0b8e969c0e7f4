import type { OCPP20 } from 'typed-ocpp' with { 'resolution-mode': 'import' };
import { encodeResult } from '../frames/frame';
import type { Acknowledged, Action } from './requests';
import { assertResponse } from './validate';

/** What is answered to each call of a charger that is acted on. */
interface ActedOn {
  readonly BootNotification: OCPP20.BootNotificationResponse;
  readonly Heartbeat: OCPP20.HeartbeatResponse;
  readonly StatusNotification: OCPP20.StatusNotificationResponse;
  readonly NotifyEvent: OCPP20.NotifyEventResponse;
  readonly Authorize: OCPP20.AuthorizeResponse;
  readonly TransactionEvent: OCPP20.TransactionEventResponse;
  readonly MeterValues: OCPP20.MeterValuesResponse;
  readonly DataTransfer: OCPP20.DataTransferResponse;
  readonly NotifyReport: OCPP20.NotifyReportResponse;
  readonly ReservationStatusUpdate: object;
  readonly LogStatusNotification: object;
  readonly FirmwareStatusNotification: object;
}

/** What is answered to each call of a charger. */
export type Responses = ActedOn & { readonly [A in Acknowledged]: object };

const REFUSED: Partial<Record<Acknowledged, object>> = {
  // There is no certificate authority, and no contract of ISO 15118.
  Get15118EVCertificate: { status: 'Failed', exiResponse: '' },
  GetCertificateStatus: { status: 'Failed' },
  SignCertificate: { status: 'Rejected' },
  // Charging is not scheduled.
  NotifyEVChargingNeeds: { status: 'Rejected' },
  NotifyEVChargingSchedule: { status: 'Rejected' },
};

/** The response to a message that is not acted on. */
export const acknowledgement = (action: Acknowledged): object => REFUSED[action] ?? {};

/** @throws Error when the response does not fit the schema of the protocol */
export function encodeResponse<A extends Action>(id: string, action: A, response: Responses[A]): string {
  assertResponse(action, response);
  return encodeResult(id, response);
}
