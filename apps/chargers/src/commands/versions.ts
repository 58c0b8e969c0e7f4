import {
  type Command,
  type CommandAnswer,
  commandAnswer,
  type CommandCall,
  commandCall,
  type CommandNames,
  type Payload,
  type Subprotocol,
  v201,
} from '@open-cpo/ocpp';

/** How commands are written, and their answers read, in a version of the protocol. */
export interface CommandVersion {
  /** @throws Error for a command that the version does not have */
  call(command: Command, names: CommandNames): CommandCall;
  answer(command: Command, payload: Payload): CommandAnswer;
}

const VERSIONS: Readonly<Record<Subprotocol, CommandVersion>> = {
  'ocpp1.6': { call: commandCall, answer: commandAnswer },
  'ocpp2.0.1': { call: v201.commandCall, answer: v201.commandAnswer },
};

export const commandVersion = (protocol: Subprotocol): CommandVersion => VERSIONS[protocol];
