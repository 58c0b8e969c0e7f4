import { Injectable } from '@nestjs/common';
import { type ErrorCode, type Malformed, type Payload, UNKNOWN_ID, v201 } from '@open-cpo/ocpp';
import type { Received } from '../protocol/actions';
import { hasReadings, type Version } from '../protocol/version';
import type { ChargerContext } from '../sockets/charger-context';
import { StationActions } from './station-actions';

const STORING: readonly string[] = ['BootNotification', 'StatusNotification', 'TransactionEvent'];
const TRANSACTIONS: readonly string[] = ['TransactionEvent', 'MeterValues'];

/** OCPP 2.0.1. */
@Injectable()
export class Version201 implements Version {
  readonly isAction = v201.isAction;
  readonly isKnownAction = v201.isKnownAction;
  readonly problems = v201.requestProblems;

  constructor(private readonly actions: StationActions) {}

  read(action: string, payload: Payload) {
    return v201.readRequest(action as v201.Action, payload);
  }

  answer(context: ChargerContext, action: string, received: Received<object>): Promise<object> {
    return this.actions.answer(context, action as v201.Action, received);
  }

  encode(id: string, action: string, response: object): string {
    return v201.encodeResponse(id, action as v201.Action, response);
  }

  isStoring(action: string, value: object): boolean {
    return STORING.includes(action) || hasReadings(value);
  }

  isAboutTransaction(action: string): boolean {
    return TRANSACTIONS.includes(action);
  }

  keepFailed(context: ChargerContext, action: string, text: string, error: unknown): Promise<object | undefined> {
    return this.actions.keepFailed(context, action as v201.Action, text, error);
  }

  /** 2.0.1 has errors of its own for a message whose id cannot be read, and of a type that there is not. */
  codeOf({ id, unknownType }: Malformed): ErrorCode {
    if (unknownType) return 'MessageTypeNotSupported';
    return id === UNKNOWN_ID ? 'RpcFrameworkError' : 'FormatViolation';
  }
}
