import { Inject, Injectable, Optional } from '@nestjs/common';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import type { AnyOperation, Caller } from '@open-cpo/contracts';
import { Health, Log, Metrics, withLogFields } from '@open-cpo/platform';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { Broker } from '../broker';
import { ERROR_TRANSLATOR, type ErrorTranslator } from '../error-translator';
import { type OperationMeter, OperationMeters } from '../metrics/operation-meters';
import { callerApp } from '../proof/inboxes';
import { encode, HEADER, readCaller } from '../wire';
import { WRITE_SCOPE, type WriteScope } from '../write-scope';
import { checkHandlers, SERVED, type Served } from './check-handlers';
import type { HandlerExtras } from './handles';
import { type Handler, invoke } from './invoke';
import { answerRows } from './answer-rows';
import { type Answerable, refuse } from './refuse';
import { fetched, replyHeaders } from './reply';
import { Abandoned, ChunkSender, sendBytes } from './send';
import { traced } from './traced';

/** Room for headers within the broker's limit for one message. */
const HEADROOM = 16 * 1024;

const REPLAYED = { [HEADER.replayed]: '1' };

/**
 * The service's end of the bus. Beyond Nest's own NATS transport: refusals travel as they are, writes run in the
 * service's write scope, deadlines are honoured, answers of any size, and a shutdown that loses nothing.
 */
@Injectable()
export class NatsServer extends Server implements CustomTransportStrategy {
  private subscriptions: Subscription[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  private leaving = Promise.resolve();
  private closed = false;
  private readonly meters: OperationMeters;
  /** Where operators call: an account of their own, when this service serves any. */
  private readonly operators: Broker;

  constructor(
    @Inject(SERVED) private readonly served: Served,
    private readonly broker: Broker,
    private readonly health: Health,
    private readonly log: Log,
    metrics: Metrics,
    @Optional() @Inject(WRITE_SCOPE) private readonly scope?: WriteScope,
    @Optional() @Inject(ERROR_TRANSLATOR) private readonly translate: ErrorTranslator = () => undefined,
  ) {
    super();
    const theirs = served.operations.some((resource) => Object.values(resource).some(({ operator }) => operator));
    this.operators = theirs ? broker.account('operators') : broker;
    this.meters = new OperationMeters(metrics, () => this.inFlight.size);
  }

  /** @throws Error when a second handler asks for the same operation, which Nest would let win silently. */
  override addHandler(pattern: string, callback: Handler, isEvent = false, extras: Record<string, unknown> = {}): void {
    if (this.messageHandlers.has(pattern)) {
      throw new Error(`Two handlers for ${pattern}: keep one method with @Handles for it.`);
    }
    super.addHandler(pattern, callback, isEvent, extras);
  }

  /** @throws Error that says what to write when an operation has no handler. */
  listen(ready: () => void): void {
    checkHandlers(this.served, [...this.messageHandlers.keys()]);
    this.health.on('change', () => this.follow());
    this.follow();
    ready();
  }

  /** Takes nothing new, finishes what was taken, and waits until the answers are out. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.leave(), this.leaving]);
    await Promise.all(this.inFlight);
    await this.broker.flush();
  }

  on(): void {
    throw new Error('The connection is watched by the broker, not here.');
  }

  unwrap<T>(): T {
    return this.broker.connection() as T;
  }

  /** A service that cannot work leaves its queue groups: readiness alone does not take it out of NATS. */
  private follow(): void {
    const connected = this.broker.connected && this.operators.connected;
    const able = this.health.isReady && connected && !this.closed;
    if (able && this.subscriptions.length === 0) this.join();
    if (!able && this.subscriptions.length > 0) this.leaving = this.leave();
  }

  private join(): void {
    for (const [subject, handler] of this.messageHandlers) {
      const {
        operation,
        finishesValidation: finishes = false,
        exemptFromRls = false,
        before,
      } = handler.extras as unknown as HandlerExtras;
      const broker = operation.operator ? this.operators : this.broker;
      const nats = broker.connection();
      const meter = this.meters.of(operation);
      const callback = (_error: Error | null, message: Msg): void => {
        const app = callerApp(operation.service, message.reply);
        // An answer to any other subject would be a message in our name.
        if (app === undefined) {
          if (!message.reply && message.headers?.has(HEADER.probe)) return;
          return this.log.warn('Call dropped: nobody waits for it', { operation: operation.subject });
        }
        const work = this.take({
          nats,
          broker,
          operation,
          handler: handler as Handler,
          finishes,
          exemptFromRls,
          before: before !== undefined,
          message,
          app,
          meter,
        });
        this.inFlight.add(work);
        void work.finally(() => this.inFlight.delete(work));
      };
      this.subscriptions.push(nats.subscribe(subject, { queue: operation.service, callback }));
    }
    const operations = this.subscriptions.length;
    // Said when it is true: until the broker has read the subscriptions, callers get "no responders".
    const said = (): void => this.log.log('Joined the queue groups', { operations });
    void this.broker.flush().then(said, () => undefined);
  }

  private async leave(): Promise<void> {
    const leaving = this.subscriptions;
    this.subscriptions = [];
    if (!this.broker.connected || !this.operators.connected)
      return leaving.forEach((subscription) => subscription.unsubscribe());
    await Promise.allSettled(leaving.map((subscription) => subscription.drain()));
    if (leaving.length > 0) this.log.log('Left the queue groups');
  }

  private async take(taken: Taken): Promise<void> {
    const { operation, message, meter } = taken;
    const begun = performance.now();
    let caller: Caller | undefined;
    try {
      const asking = (caller = readCaller(message, operation, this.broker.keys));
      const late = Date.now() - asking.deadline;
      // The deadline has passed and the caller has got an error: the work must not be done now.
      if (late > 0) {
        meter.expired();
        return this.log.warn('Expired request dropped', { operation: operation.subject, late });
      }
      // Refused inside: the lines of the log have the ids of the trace and of the request.
      const answered = (): Promise<void> =>
        this.answer(taken, asking).catch((error: unknown) => {
          this.refuse(taken, error, asking);
          throw error;
        });
      const work = (): Promise<void> => traced(operation, asking, answered);
      await (taken.exemptFromRls ? work() : withLogFields({ requestId: asking.requestId }, work));
    } catch (error) {
      this.refuse(taken, error, caller);
    } finally {
      meter.took(performance.now() - begun);
    }
  }

  /** Once a request, and not after its deadline. */
  private refuse(taken: Taken, error: unknown, caller?: Caller): void {
    if (taken.refused || error instanceof Abandoned) return;
    taken.refused = true;
    const { log, translate } = this;
    const { operation, message, meter } = taken;
    meter.refused(refuse(taken.asked ?? message, { error, operation, requestId: caller?.requestId, log, translate }));
  }

  private answer(taken: Taken, caller: Caller): Promise<void> {
    const work = (): Promise<void> => this.reply(taken, caller);
    if (!this.scope || taken.operation.kind === 'write') return work();
    return taken.exemptFromRls ? this.scope.exemptFromRls(caller, work) : this.scope.within(caller, work);
  }

  private async reply(taken: Taken, caller: Caller): Promise<void> {
    const { nats, broker, operation, handler, finishes, message, app } = taken;
    const result = (): Promise<unknown> => invoke(operation, handler, finishes, message.data, caller);
    if (operation.kind === 'stream') {
      const goesTo = (to: string): void => void (taken.asked = at(nats, to));
      return answerRows({ nats, broker, message, operation, app, goesTo }, (await result()) as AsyncIterable<unknown>);
    }
    if (taken.before) await invoke(operation, handler, finishes, message.data, caller, true);
    const work = async (): Promise<Uint8Array> => encode(await result());
    const scope = operation.kind === 'write' ? this.scope : undefined;
    const request = { operation, caller, body: message.data };
    const { body, replayed } = scope ? await scope.run(request, work) : { body: await work(), replayed: false };
    if (body.length <= (nats.info?.max_payload ?? 1024 * 1024) - HEADROOM) {
      const options = replayed ? { headers: replyHeaders(REPLAYED) } : undefined;
      broker.post({ subject: message.reply ?? '', data: body, options });
    } else {
      const to = await fetched({ nats, broker, message, operation, app, headers: replayed ? REPLAYED : {} });
      if (to !== undefined) await sendBytes(new ChunkSender(nats, broker, to, app), body);
    }
  }
}

interface Taken {
  readonly nats: NatsConnection;
  readonly broker: Broker;
  readonly operation: AnyOperation;
  readonly handler: Handler;
  readonly finishes: boolean;
  readonly exemptFromRls: boolean;
  /** Whether something comes before the handler. */
  readonly before: boolean;
  readonly message: Msg;
  /** The app that calls. */
  readonly app: string;
  readonly meter: OperationMeter;
  /** Where a refusal goes, once rows go elsewhere than to the reply's subject. */
  asked?: Answerable;
  /** Whether it has been refused already. */
  refused?: boolean;
}

const at = (nats: NatsConnection, subject: string): Answerable => ({
  respond: (data, options) => nats.publish(subject, data, options),
});
