export {
  type Command,
  type CommandAnswer,
  type CommandCall,
  type CommandNames,
  type ConfigurationKey,
  type LocalListEntry,
  TRIGGERED_MESSAGES,
  type TriggeredMessage,
} from './commands';
export { type BasicCredentials, basicCredentials } from './connect/basic';
export { type Address, addressOf, isDecodable, isIdentity } from './connect/identity';
export { spokenOf, type Subprotocol, subprotocolOf, SUBPROTOCOLS } from './connect/subprotocol';
export {
  type Call,
  type CallError,
  type CallResult,
  encodeCall,
  encodeError,
  encodeResult,
  type ErrorCode,
  type Frame,
  type Malformed,
  MAX_MESSAGE_BYTES,
  parseFrame,
  type Payload,
  UNKNOWN_ID,
} from './frames/frame';
export { CLOCK_TOLERANCE_MS, ClockOffset, type ClockQuirk, type Moment, momentOf, seemsSet } from './time/clock';
export { ocppTime, readTime, type ReadTime } from './time/instant';
export { commandAnswer, commandCall } from './v16/commands';
export { startKey, stopKey } from './v16/content-key';
export type { MeterReading } from './v16/meter-values';
export {
  type Action,
  type BootNotification,
  type DataTransfer,
  isAction,
  type MessageQuirk,
  type MeterValues,
  type Read,
  readRequest,
  type Requests,
  type StartTransaction,
  type StatusNotification,
  type StopTransaction,
} from './v16/requests';
export { encodeResponse, type Responses } from './v16/responses';
export { type ConnectorState as OcppConnectorState, stateOf } from './v16/status';
export { tagOf } from './v16/tag';
export { isKnownAction, requestProblems } from './v16/validate';
/** OCPP 2.0.1; what is exported by itself is OCPP 1.6, or of both. */
export * as v201 from './v201';
