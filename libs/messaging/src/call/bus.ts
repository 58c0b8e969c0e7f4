import { Injectable, Optional } from '@nestjs/common';
import { type AnyOperation, type Caller, type Operation, Refusal } from '@open-cpo/contracts';
import type { Msg, NatsConnection } from '@nats-io/transport-node';
import { deadlineOf, guarded, Guards, noteAnswer, remaining, type ServiceGuard } from '@open-cpo/resilience';
import { Broker } from '../broker';
import { isTimeout } from '../client-errors';
import { isInboxFor } from '../proof/inboxes';
import { decode, encode, HEADER, NO_BYTES, refusalIn, requestHeaders, throwRefusal } from '../wire';
import { type Chunk, receive } from './receive';
import { Requests } from './requests';
import { tracedCall, tracedRows } from './traced';
import { type Interrupted, transportRefusal } from './timeouts';

/** An answer as it came: JSON bytes that can be passed on unopened. */
export interface Reply {
  readonly bytes: Uint8Array;
  /** It is the stored answer of an earlier request with the same `Idempotency-Key`. */
  readonly replayed: boolean;
}

/** Calls operations of other services, with the types that the operation declares. */
@Injectable()
export class Bus {
  private readonly requests: Requests;

  constructor(
    private readonly broker: Broker,
    @Optional() private readonly guards?: Guards,
  ) {
    this.requests = new Requests(broker);
  }

  /**
   * @throws Refusal — the service's own, or `service_unavailable` when there is no responder, the broker is unavailable or the
   * service's guard holds calls back (all at once), or `deadline_exceeded`.
   */
  async call<I, O>(operation: Operation<I, O, 'read' | 'write'>, input: NoInfer<I>, caller: Caller): Promise<O> {
    return decode((await this.bytes<I, O>(operation, input, caller)).bytes) as O;
  }

  /** Like `call`, with the answer left as the bytes that came. */
  bytes<I, O>(operation: Operation<I, O, 'read' | 'write'>, input: NoInfer<I>, caller: Caller): Promise<Reply> {
    this.broker.uses?.call(operation);
    return tracedCall(operation, caller, (asking) => {
      const guard = this.guards?.of(operation.service);
      const ask = (): Promise<Reply> => this.ask(operation, input, asking, guard);
      return guard ? guarded(guard, operation, ask) : ask();
    });
  }

  private async ask(operation: AnyOperation, input: unknown, caller: Caller, guard?: ServiceGuard): Promise<Reply> {
    const { subject, service } = operation;
    const deadline = deadlineOf(operation, caller);
    const nats = this.broker.connection();
    const interrupted: Interrupted = operation.kind === 'read' ? 'service_unavailable' : 'deadline_exceeded';
    try {
      const reply = await this.request(operation, input, caller, { deadline, interrupted });
      const refusal = refusalIn(reply);
      if (guard) noteAnswer(guard, refusal);
      if (refusal) throw refusal;
      const replayed = reply.headers?.has(HEADER.replayed) ?? false;
      return { bytes: await this.whole(nats, service, reply, interrupted), replayed };
    } catch (error) {
      if (guard && isTimeout(error)) guard.breaker.failed();
      throw transportRefusal(error, subject, interrupted);
    }
  }

  /**
   * Rows without end, from one replica and one cursor: chunks of JSON rows, without the brackets around them. Ending
   * the iteration early ends the cursor.
   */
  stream<I, O>(operation: Operation<I, O, 'stream'>, input: NoInfer<I>, caller: Caller): AsyncGenerator<Chunk> {
    this.broker.uses?.call(operation);
    return tracedRows(operation, caller, (asking) => this.receive(operation, input, asking));
  }

  private async *receive(operation: AnyOperation, input: unknown, caller: Caller): AsyncGenerator<Chunk> {
    const { subject, service } = operation;
    const nats = this.broker.connection();
    const deadline = deadlineOf(operation, caller);
    const interrupted: Interrupted = 'service_unavailable';
    try {
      const reply = await this.request(operation, input, caller, { deadline, interrupted });
      throwRefusal(reply);
      const from = reply.headers?.get(HEADER.fetch);
      if (from) yield* this.fetch(nats, service, from);
      else if (reply.data.length > 0)
        yield { bytes: reply.data, rows: Number(reply.headers?.get(HEADER.rows)), last: true };
    } catch (error) {
      throw transportRefusal(error, subject, interrupted);
    }
  }

  private request(operation: AnyOperation, input: unknown, caller: Caller, within: Within): Promise<Msg> {
    const { keys, service: from } = this.broker;
    const { subject, service } = operation;
    const { deadline } = within;
    remaining(deadline);
    const data = encode(input);
    const headers = requestHeaders({ keys, from, operation, caller, deadline, body: data });
    return this.requests.ask({ subject, service, data, headers, ...within });
  }

  /** What does not fit one message is announced and then fetched. */
  private async whole(
    nats: NatsConnection,
    service: string,
    reply: Msg,
    interrupted: Interrupted,
  ): Promise<Uint8Array> {
    const from = reply.headers?.get(HEADER.fetch);
    if (!from) return reply.data;
    const parts: Uint8Array[] = [];
    try {
      for await (const { bytes } of this.fetch(nats, service, from)) parts.push(bytes);
    } catch (error) {
      throw new Refusal(interrupted, { cause: error });
    }
    return Buffer.concat(parts);
  }

  private fetch(nats: NatsConnection, service: string, from: string): AsyncGenerator<Chunk> {
    const { broker } = this;
    // Whoever answers must not be able to make us publish anywhere else.
    if (!isInboxFor(broker.service, from)) throw new Refusal('internal', { cause: 'the answer waits in no inbox' });
    const inbox = broker.inbox(service);
    const ask = (): void => nats.publish(from, NO_BYTES, { reply: inbox });
    return receive({ nats, broker, inbox, ask });
  }
}

/** Until when an answer is waited for, and what it means when the connection breaks meanwhile. */
interface Within {
  readonly deadline: number;
  readonly interrupted: Interrupted;
}
