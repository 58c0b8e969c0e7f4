export { commandAnswer, commandCall } from './commands';
export { connectorNumber, evseOf } from './evse';
export { type DeviceEvent, messagesIn } from './device-events';
export type { IdToken } from './id-token';
export { type SignedValue } from './meter-values';
export {
  type Acknowledged,
  ACKNOWLEDGED,
  type Action,
  type Authorize,
  isAction,
  type MessageQuirk,
  type MeterValues,
  type Read,
  readRequest,
  type Requests,
} from './requests';
export type { Report } from './report';
export { acknowledgement, encodeResponse, type Responses } from './responses';
export { type BeginEvent, type Beginning, beginningOf, gapless, inOrder, type SequencedEvent } from './sequence';
export { stateOf } from '../v16/status';
export { eventKey, type EventType, type TransactionEvent, transactionOf } from './transaction-event';
export { isKnownAction, requestProblems } from './validate';
