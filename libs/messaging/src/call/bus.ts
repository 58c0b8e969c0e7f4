import { Injectable, Optional } from '@nestjs/common';
import { type AnyOperation, type Caller, type Operation, Refusal } from '@open-cpo/contracts';
import type { Msg, NatsConnection } from 'nats';
import { Broker } from '../broker';
import { guarded, noteAnswer } from '../guard/guarded';
import { Guards } from '../guard/guards';
import type { ServiceGuard } from '../guard/service-guard';
import { decode, encode, HEADER, NO_BYTES, refusalIn, requestHeaders, throwRefusal } from '../wire';
import { type Chunk, receive } from './receive';
import { Requests } from './requests';
import { tracedCall, tracedRows } from './traced';
import { deadlineOf, type Interrupted, isTimeout, remaining, transportRefusal } from './timeouts';

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
   * @throws Refusal — the service's own, or `service_unavailable` when nobody listens, the broker is away or the
   * service's guard holds calls back (all at once), or `deadline_exceeded`.
   */
  async call<I, O>(operation: Operation<I, O, 'read' | 'write'>, input: NoInfer<I>, caller: Caller): Promise<O> {
    return decode((await this.bytes<I, O>(operation, input, caller)).bytes) as O;
  }

  /** Like `call`, with the answer left as the bytes that came. */
  bytes<I, O>(operation: Operation<I, O, 'read' | 'write'>, input: NoInfer<I>, caller: Caller): Promise<Reply> {
    return tracedCall(operation, caller, (asking) => {
      const guard = this.guards?.of(operation.service);
      const ask = (): Promise<Reply> => this.ask(operation, input, asking, guard);
      return guard ? guarded(guard, operation, ask) : ask();
    });
  }

  private async ask(operation: AnyOperation, input: unknown, caller: Caller, guard?: ServiceGuard): Promise<Reply> {
    const { subject } = operation;
    const deadline = deadlineOf(operation, caller);
    const nats = this.broker.connection();
    const interrupted: Interrupted = operation.kind === 'read' ? 'service_unavailable' : 'deadline_exceeded';
    try {
      remaining(deadline);
      const headers = requestHeaders(caller, deadline);
      const reply = await this.requests.ask({ subject, data: encode(input), headers, deadline, interrupted });
      const refusal = refusalIn(reply);
      if (guard) noteAnswer(guard, refusal);
      if (refusal) throw refusal;
      const replayed = reply.headers?.has(HEADER.replayed) ?? false;
      return { bytes: await this.whole(nats, reply, interrupted), replayed };
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
    return tracedRows(operation, caller, (asking) => this.receive(operation, input, asking));
  }

  private async *receive(operation: AnyOperation, input: unknown, caller: Caller): AsyncGenerator<Chunk> {
    const { subject } = operation;
    const nats = this.broker.connection();
    const deadline = deadlineOf(operation, caller);
    const interrupted: Interrupted = 'service_unavailable';
    try {
      remaining(deadline);
      const headers = requestHeaders(caller, deadline);
      const reply = await this.requests.ask({ subject, data: encode(input), headers, deadline, interrupted });
      throwRefusal(reply);
      const from = reply.headers?.get(HEADER.fetch);
      if (from) yield* this.fetch(nats, from);
      else if (reply.data.length > 0)
        yield { bytes: reply.data, rows: Number(reply.headers?.get(HEADER.rows)), last: true };
    } catch (error) {
      throw transportRefusal(error, subject, interrupted);
    }
  }

  /** What does not fit one message is announced and then fetched. */
  private async whole(nats: NatsConnection, reply: Msg, interrupted: Interrupted): Promise<Uint8Array> {
    const from = reply.headers?.get(HEADER.fetch);
    if (!from) return reply.data;
    const parts: Uint8Array[] = [];
    try {
      for await (const { bytes } of this.fetch(nats, from)) parts.push(bytes);
    } catch (error) {
      throw new Refusal(interrupted, { cause: error });
    }
    return Buffer.concat(parts);
  }

  private fetch(nats: NatsConnection, from: string): AsyncGenerator<Chunk> {
    const inbox = this.broker.inbox();
    const ask = (): void => nats.publish(from, NO_BYTES, { reply: inbox });
    return receive({ nats, broker: this.broker, inbox, ask });
  }
}
