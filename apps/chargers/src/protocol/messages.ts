import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { type Call, encodeError, type ErrorCode, type Frame, type Malformed } from '@open-cpo/ocpp';
import { Log, Metrics } from '@open-cpo/platform';
import { type LoggedMessage, MessageLog } from '../messages/message-log';
import { keptMalformed } from '../messages/redaction';
import type { ChargerContext } from '../sockets/charger-context';
import { CLOSE } from '../sockets/close-codes';
import { Version201 } from '../v201/version201';
import type { Received } from './actions';
import { isPassing } from './is-passing';
import { Outages } from './outages';
import { RepeatedFailures } from './repeated-failures';
import { StaleSocket } from './stale-socket';
import type { Version } from './version';
import { Version16 } from './version16';

type Close = (code: number, reason: string) => void;

/** Chargers do not send these again when they are not answered. */
const SENT_ONCE = ['StatusNotification', 'NotifyEvent'];
/** Milliseconds from one attempt to store them to the next. */
const ATTEMPTS_AFTER_MS = [1000, 2000, 4000, 8000];

/** Takes the messages of chargers: reads, handles, answers and logs them. */
@Injectable()
export class Messages {
  private readonly counter;
  private readonly durations;
  private readonly repeated = new RepeatedFailures();

  constructor(
    private readonly version16: Version16,
    private readonly version201: Version201,
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
        this.keep(context, { at, kind: 'malformed', messageId: frame.id, payload: keptMalformed(text) }, [
          frame.problem,
        ]);
        return this.malformed(context, frame, text, close);
      case 'result':
      case 'error': {
        const { kind, id: messageId } = frame;
        const answered = context.calls.answer(frame);
        const problems = answered?.late ? ['It came late.'] : answered ? [] : ['It answers no call.'];
        const payload = kind === 'result' ? frame.payload : { code: frame.code, description: frame.description };
        this.keep(context, { at, kind, action: answered?.action, messageId, payload }, problems);
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
    const version = this.versionOf(context);
    if (action !== undefined && version.isAboutTransaction(action)) {
      return this.keptFailed(context, action, { id, error: new Error(problem), close, text });
    }
    return Promise.resolve(this.error(context, id, undefined, version.codeOf(frame), problem));
  }

  private versionOf({ protocol }: ChargerContext): Version {
    return protocol === 'ocpp2.0.1' ? this.version201 : this.version16;
  }

  private async call(
    context: ChargerContext,
    { id, action, payload, repaired }: Call,
    at: number,
    close: Close,
  ): Promise<string | undefined> {
    const version = this.versionOf(context);
    const logged = { at, kind: 'call', action, messageId: id, payload } as const;
    if (repaired) context.note(['json_repaired']);
    if (!version.isAction(action)) {
      this.keep(context, logged);
      this.counter.inc({ action: 'other', outcome: 'refused' });
      return this.error(context, id, action, version.isKnownAction(action) ? 'NotSupported' : 'NotImplemented');
    }
    const { value, quirks } = version.read(action, payload);
    context.note(quirks);
    this.keep(context, logged, [...version.problems(action, payload), ...quirks]);
    const done = this.durations.startTimer({ action });
    try {
      const response = await this.answer(context, action, { value, payload, messageId: id, receivedAt: at });
      if (version.isStoring(action, value)) this.outages.over();
      this.counter.inc({ action, outcome: 'answered' });
      // An answer to a heartbeat says the time, and would be half of all that is kept.
      if (action !== 'Heartbeat') this.sent(context, { kind: 'result', action, messageId: id, payload: response });
      return version.encode(id, action, response);
    } catch (error) {
      return this.failed(context, action, { id, error, close, payload });
    } finally {
      done();
    }
  }

  /** What a charger sends once is tried again for a while. Its next messages wait, so that they stay in their order. */
  private async answer(context: ChargerContext, action: string, received: Received<object>): Promise<object> {
    const version = this.versionOf(context);
    for (const delay of SENT_ONCE.includes(action) ? ATTEMPTS_AFTER_MS : []) {
      try {
        return await version.answer(context, action, received);
      } catch (error) {
        if (!isPassing(error) || this.outages.failed()) throw error;
        this.log.warn('A message of a charger is stored again', { action, charger: context.id, error });
      }
      await pause(delay);
    }
    return version.answer(context, action, received);
  }

  /** What could not be stored is not answered: the charger keeps it and sends it again. */
  private async failed(
    context: ChargerContext,
    action: string,
    { id, error, close, payload }: { id: string; error: unknown; close: Close; payload: object },
  ): Promise<string | undefined> {
    if (error instanceof StaleSocket) {
      close(CLOSE.replaced, 'replaced or removed');
      return undefined;
    }
    this.counter.inc({ action, outcome: 'failed' });
    if (isPassing(error)) {
      this.log.warn('A message of a charger could not be stored', { action, charger: context.id, error });
      const isOutage = this.outages.failed();
      if (isOutage) close(CLOSE.unavailable, 'unavailable');
      if (isOutage || !this.isHopeless(context, action, payload, error)) return undefined;
    }
    this.log.error('A message of a charger could not be handled', { action, charger: context.id, error });
    if (!this.versionOf(context).isAboutTransaction(action)) return this.error(context, id, action, 'InternalError');
    return this.keptFailed(context, action, { id, error, close, text: textOf(payload) });
  }

  /** Whether a message about a transaction failed so often while others were stored that it is kept as it is. */
  private isHopeless(context: ChargerContext, action: string, payload: object, error: unknown): boolean {
    if (!this.versionOf(context).isAboutTransaction(action)) return false;
    return this.repeated.isHopeless(context.id, `${action} ${textOf(payload)}`, error);
  }

  /** Of a message about a transaction: an error would make a charger throw the transaction away. */
  private async keptFailed(
    context: ChargerContext,
    action: string,
    { id, error, close, text }: { id: string; error: unknown; close: Close; text: string },
  ): Promise<string | undefined> {
    try {
      const version = this.versionOf(context);
      const kept = await version.keepFailed(context, action, text, error);
      if (!kept) return undefined;
      this.sent(context, { kind: 'result', action, messageId: id, payload: kept });
      return version.encode(id, action, kept);
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

/** Nothing of one that is nested too deeply. */
function textOf(payload: object): string {
  try {
    return JSON.stringify(payload);
  } catch {
    return '';
  }
}
