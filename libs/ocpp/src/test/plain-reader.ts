import { requestProblems, v201 } from '../index';
import { payloadIn, type QuirkReader, type ReadMessage } from './quirk-files';

const KINDS: Readonly<Record<number, readonly [kind: string, parts: number]>> = {
  2: ['call', 4],
  3: ['result', 3],
  4: ['error', 5],
};
const ERRORS = [
  ...['NotImplemented', 'NotSupported', 'InternalError', 'ProtocolError', 'SecurityError', 'FormationViolation'],
  ...['PropertyConstraintViolation', 'OccurenceConstraintViolation', 'TypeConstraintViolation', 'GenericError'],
];
const REGISTER = 'Energy.Active.Import.Register';

type Plain = Readonly<Record<string, unknown>>;

interface Sample {
  readonly value: unknown;
  readonly measurand?: string;
  readonly context?: string;
  readonly unit?: string;
  readonly unitOfMeasure?: { readonly unit?: string; readonly multiplier?: number };
}

/** Reads what chargers send as the protocol is printed, and refuses what is otherwise: the negative control of the files. */
export const plainReader: QuirkReader = {
  subprotocolOf: (header) => (['ocpp1.6', 'ocpp2.0.1'].includes(header) ? header : undefined),
  addressOf: (url) => {
    const [, path, identity, ...more] = new URL(url, 'ws://localhost').pathname.split('/');
    return path && identity && more.length === 0 ? { path, identity } : undefined;
  },
  credentialsOf: (authorization) => {
    const [username, password] = Buffer.from(authorization.slice(6), 'base64').toString().split(':');
    return username && password ? { username, passwords: [Buffer.from(password)] } : undefined;
  },
  frameOf,
  messageOf: (text, version) => {
    frameOf(text);
    const [, , action, payload] = JSON.parse(text) as [number, string, string, Plain];
    const problems = version ? v201.requestProblems(action, payload) : requestProblems(action, payload);
    if (problems.length > 0) throw new Error(problems.join());
    return version ? plain201(payload) : plain16(payload);
  },
  momentOf: (time) => ({ at: Date.parse(String(time)), late: false, offset: 0 }),
};

function frameOf(text: string): { readonly kind: string; readonly id: string } {
  const [type, id, word, ...rest] = JSON.parse(text) as [number, string, unknown, ...unknown[]];
  const [kind, parts] = KINDS[type] ?? [];
  if (kind === undefined || rest.length + 3 !== parts) throw new Error('It is no message.');
  if (kind === 'error' && !ERRORS.includes(String(word))) throw new Error('It is no error.');
  return { kind, id };
}

function plain16(payload: Plain): ReadMessage {
  const { connectorId, transactionId, idTag, meterStart, meterStop, chargePointVendor, chargePointModel } = payload;
  const { reason, status, timestamp, meterValue, transactionData } = payload;
  const value = {
    ...{ connector: connectorId, transaction: transactionId, tag: idTag, meterWh: meterStart ?? meterStop, timestamp },
    ...{ reason, status, state: String(status).toLowerCase(), vendor: chargePointVendor, model: chargePointModel },
    readings: readingsOf(meterValue ?? transactionData),
  };
  return { value };
}

function plain201(payload: Plain): ReadMessage {
  const { eventType, evse, evseId, transactionInfo, seqNo, offline, triggerReason, idToken, meterValue } = payload;
  const { connectorStatus, chargingStation, certificate } = payload;
  const { transactionId, stoppedReason } = payloadIn(transactionInfo);
  const { vendorName, model, firmwareVersion, serialNumber } = payloadIn(chargingStation);
  const { idToken: tag, type } = payloadIn(idToken);
  const value = {
    ...{ type: eventType, connector: payloadIn(evse).id ?? evseId, transaction: transactionId, seqNo, offline },
    ...{ triggerReason, stoppedReason, token: { tag, type }, hasCertificate: certificate !== undefined },
    ...{ status: connectorStatus, state: String(connectorStatus).toLowerCase() },
    ...{ vendor: vendorName, model, firmware: firmwareVersion, serial: serialNumber },
    readings: readingsOf(meterValue),
  };
  return { value };
}

function readingsOf(meterValue: unknown): object[] {
  const values = (meterValue ?? []) as readonly { timestamp: string; sampledValue: readonly Sample[] }[];
  return values.flatMap(({ timestamp, sampledValue }) =>
    sampledValue
      .filter(({ measurand = REGISTER }) => measurand === REGISTER)
      .map((sample) => ({ timestamp, wh: whOf(sample), ...contextOf(sample) })),
  );
}

const contextOf = ({ context = '' }: Sample): object =>
  context.startsWith('Transaction.') ? { context: context.slice('Transaction.'.length).toLowerCase() } : {};

function whOf({ value, unit, unitOfMeasure }: Sample): number {
  const factor = (unitOfMeasure?.unit ?? unit) === 'kWh' ? 1000 : 1;
  return Number(value) * factor * 10 ** (unitOfMeasure?.multiplier ?? 0);
}
