import { Injectable } from '@nestjs/common';
import {
  type Action,
  encodeResponse,
  type ErrorCode,
  isAction,
  isKnownAction,
  type Payload,
  readRequest,
  requestProblems,
} from '@open-cpo/ocpp';
import type { ChargerContext } from '../sockets/charger-context';
import { Actions, type Received } from './actions';
import { hasReadings, type Version } from './version';

const STORING: readonly string[] = ['BootNotification', 'StatusNotification', 'StartTransaction', 'StopTransaction'];
const TRANSACTIONS: readonly string[] = ['StartTransaction', 'StopTransaction', 'MeterValues'];

/** OCPP 1.6. */
@Injectable()
export class Version16 implements Version {
  readonly isAction = isAction;
  readonly isKnownAction = isKnownAction;
  readonly problems = requestProblems;

  constructor(private readonly actions: Actions) {}

  read(action: string, payload: Payload) {
    return readRequest(action as Action, payload);
  }

  answer(context: ChargerContext, action: string, received: Received<object>): Promise<object> {
    return this.actions.answer(context, action as Action, received);
  }

  encode(id: string, action: string, response: object): string {
    return encodeResponse(id, action as Action, response);
  }

  isStoring(action: string, value: object): boolean {
    return STORING.includes(action) || hasReadings(value);
  }

  isAboutTransaction(action: string): boolean {
    return TRANSACTIONS.includes(action);
  }

  keepFailed(context: ChargerContext, action: string, text: string, error: unknown): Promise<object | undefined> {
    return this.actions.keepFailed(context, action as Action, text, error);
  }

  codeOf(): ErrorCode {
    return 'FormationViolation';
  }
}
