import {
  type Command,
  type CommandAnswer,
  commandAnswer,
  type CommandCall,
  commandCall,
  type Payload,
  type Subprotocol,
} from '@open-cpo/ocpp';

/** How commands are written, and their answers read, in a version of the protocol. */
export interface CommandVersion {
  /** @throws Error for a command that the version does not have */
  call(command: Command): CommandCall;
  answer(command: Command, payload: Payload): CommandAnswer;
}

const VERSIONS: Readonly<Partial<Record<Subprotocol, CommandVersion>>> = {
  'ocpp1.6': { call: commandCall, answer: commandAnswer },
};

/** @throws Error for a version without commands */
export function commandVersion(protocol: Subprotocol): CommandVersion {
  const version = VERSIONS[protocol];
  if (!version) throw new Error(`No commands are sent to chargers that speak ${protocol}.`);
  return version;
}
