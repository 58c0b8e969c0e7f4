import { Injectable } from '@nestjs/common';
import {
  type Action,
  type Call,
  encodeError,
  encodeResponse,
  type ErrorCode,
  type Frame,
  isAction,
  isKnownAction,
  type Malformed,
  readRequest,
  requestProblems,
} from '@open-cpo/ocpp';
import { Log, Metrics } from '@open-cpo/platform';
import { type LoggedMessage, MessageLog } from '../messages/message-log';
import type { ChargerContext } from '../sockets/charger-context';
import { CLOSE } from '../sockets/close-codes';
import { Actions, type Received } from './actions';
import { isPassing } from './is-passing';
import { Outages } from './outages';
import { StaleSocket } from './stale-socket';

type Close = (code: number, reason: string) => void;

/** Characters of a malformed message that are kept. */
const MAX_MALFORMED = 2000;

/** Takes the messages of chargers: reads, handles, answers and logs them. */
@Injectable()
export class Messages {
  private readonly counter;
  private readonly durations;

  constructor(
    private readonly actions: Actions,
    private readonly messages: MessageLog,
    private readonly outages: Outages,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    this.counter = metrics.counter('open_cpo_charger_messages_total', 'Messages of chargers by outcome.', [
      'action',
      'outcome',
    ]);
    this.durations = metrics.durations('open_cpo_charger_message_seconds', 'Handling of messages of chargers.', [
      'action',
    ]);
  }

  /** The text to answer with; nothing where the charger should send the message again. */
  async handle(context: ChargerContext, frame: Frame, text: string, close: Close): Promise<string | undefined> {
    const at = Date.now();
    switch (frame.kind) {
      case 'call':
        return this.call(context, frame, at, close);
      case 'malformed':
        context.note(['malformed']);
        this.keep(context, { at, kind: 'malformed', messageId: frame.id, payload: text.slice(0, MAX_MALFORMED) }, [
          frame.problem,
        ]);
        return this.malformed(context, frame, text, close);
      case 'result':
      case 'error': {
        const { kind, id: messageId } = frame;
        const payload = kind === 'result' ? frame.payload : { code: frame.code, description: frame.description };
        this.keep(context, { at, kind, messageId, payload }, ['It answers no call.']);
        return undefined;
      }
    }
  }

  /** A transaction is not thrown away for a payload that cannot be read. */
  private malformed(
    context: ChargerContext,
    frame: Malformed,
    text: string,
    close: Close,
  ): Promise<string | undefined> {
    const { id, action, problem } = frame;
    if (action !== undefined && isAction(action) && TRANSACTIONS.includes(action)) {
      return this.keptFailed(context, action, { id, error: new Error(problem), close, text });
    }
    return Promise.resolve(this.error(context, id, undefined, 'FormationViolation', problem));
  }

  private async call(
    context: ChargerContext,
    { id, action, payload }: Call,
    at: number,
    close: Close,
  ): Promise<string | undefined> {
    const logged = { at, kind: 'call', action, messageId: id, payload } as const;
    if (!isAction(action)) {
      this.keep(context, logged);
      this.counter.inc({ action: 'other', outcome: 'refused' });
      return this.error(context, id, action, isKnownAction(action) ? 'NotSupported' : 'NotImplemented');
    }
    const { value, quirks } = readRequest(action, payload);
    context.note(quirks);
    this.keep(context, logged, [...requestProblems(action, payload), ...quirks]);
    const done = this.durations.startTimer({ action });
    try {
      const response = await this.actions.answer(context, action, { value, payload, messageId: id, receivedAt: at });
      if (isStored(action, value)) this.outages.over();
      this.counter.inc({ action, outcome: 'answered' });
      this.sent(context, { kind: 'result', action, messageId: id, payload: response });
      return encodeResponse(id, action, response);
    } catch (error) {
      return this.failed(context, action, { id, error, close, payload });
    } finally {
      done();
    }
  }

  /** What could not be stored is not answered: the charger keeps it and sends it again. */
  private async failed(
    context: ChargerContext,
    action: Action,
    { id, error, close, payload }: { id: string; error: unknown; close: Close; payload: object },
  ): Promise<string | undefined> {
    if (error instanceof StaleSocket) {
      close(CLOSE.replaced, 'replaced');
      return undefined;
    }
    this.counter.inc({ action, outcome: 'failed' });
    if (isPassing(error)) {
      this.log.warn('A message of a charger could not be stored', { action, charger: context.id, error });
      if (this.outages.failed()) close(CLOSE.unavailable, 'unavailable');
      return undefined;
    }
    this.log.error('A message of a charger could not be handled', { action, charger: context.id, error });
    if (!TRANSACTIONS.includes(action)) return this.error(context, id, action, 'InternalError');
    return this.keptFailed(context, action, { id, error, close, text: JSON.stringify(payload) });
  }

  /** Of a message about a transaction: an error would make a charger throw the transaction away. */
  private async keptFailed(
    context: ChargerContext,
    action: Action,
    { id, error, close, text }: { id: string; error: unknown; close: Close; text: string },
  ): Promise<string | undefined> {
    try {
      const kept = await this.actions.keepFailed(context, action, text, error);
      if (!kept) return undefined;
      this.sent(context, { kind: 'result', action, messageId: id, payload: kept });
      return encodeResponse(id, action, kept);
    } catch (problem) {
      this.log.warn('A message of a charger could not be kept', { action, charger: context.id, error: problem });
      if (isPassing(problem) && this.outages.failed()) close(CLOSE.unavailable, 'unavailable');
      return undefined;
    }
  }

  private error(
    context: ChargerContext,
    id: string,
    action: string | undefined,
    code: ErrorCode,
    description = '',
  ): string {
    this.sent(context, { kind: 'error', action, messageId: id, payload: { code, description } });
    return encodeError(id, code, description);
  }

  private keep(
    { id: chargerId, accountId }: ChargerContext,
    message: Pick<LoggedMessage, 'at' | 'kind' | 'action' | 'messageId' | 'payload'>,
    problems: readonly string[] = [],
  ): void {
    this.messages.add({ chargerId, accountId, direction: 'received', problems, ...message });
  }

  private sent(
    { id: chargerId, accountId }: ChargerContext,
    message: Pick<LoggedMessage, 'kind' | 'action' | 'messageId' | 'payload'>,
  ): void {
    this.messages.add({ chargerId, accountId, direction: 'sent', at: Date.now(), ...message });
  }
}

const STORING: readonly Action[] = ['BootNotification', 'StatusNotification', 'StartTransaction', 'StopTransaction'];

/** Whether something was stored before the answer; answers to other messages say nothing of the database. */
const isStored = (action: Action, value: object): boolean =>
  STORING.includes(action) || ('readings' in value && Array.isArray(value.readings) && value.readings.length > 0);

const TRANSACTIONS: readonly Action[] = ['StartTransaction', 'StopTransaction', 'MeterValues'];

export type { Received };
