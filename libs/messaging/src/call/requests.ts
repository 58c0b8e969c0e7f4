import { Refusal } from '@open-cpo/contracts';
import { type Msg, type MsgHdrs, NoRespondersError, TimeoutError } from '@nats-io/transport-node';
import type { Broker } from '../broker';
import { inboxOf, inboxPrefix, token } from '../proof/inboxes';
import { isNoResponder } from '../wire';
import type { Interrupted } from './timeouts';

/** Interval of the check for timeouts, in milliseconds: no timeout is reported later than this. */
const CHECK_INTERVAL_MS = 20;

export interface Request {
  readonly subject: string;
  /** Whom it is sent to, and who alone may answer. */
  readonly service: string;
  readonly data: Uint8Array;
  readonly headers: MsgHdrs;
  /** Deadline in epoch milliseconds. */
  readonly deadline: number;
  /** What it means when the connection breaks meanwhile. */
  readonly interrupted: Interrupted;
}

interface Waiting {
  readonly subject: string;
  readonly deadline: number;
  readonly interrupted: Interrupted;
  readonly resolve: (reply: Msg) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Requests and their answers. The client library's own way makes a timer, three promises and an error for each; here a
 * request is an entry in a map, and one timer looks after all of them.
 */
export class Requests {
  /** By the subject of the response, which is unguessable. */
  private readonly waiting = new Map<string, Waiting>();
  /** Tells this process from other replicas. */
  private readonly session = token();
  private listening = false;
  private timer?: NodeJS.Timeout;

  constructor(private readonly broker: Broker) {
    broker.whenDown(() => this.interrupt());
  }

  /** @throws an error of the client library when there is no responder, no response in time or one that is too large; Refusal when the connection breaks. */
  ask({ subject, service, data, headers, deadline, interrupted }: Request): Promise<Msg> {
    this.listen();
    const reply = `${inboxOf(this.broker.service, service)}${this.session}.${token()}`;
    return new Promise((resolve, reject) => {
      this.waiting.set(reply, { subject, deadline, interrupted, resolve, reject });
      const failed = (error: unknown): void => this.taken(reply)?.reject(error as Error);
      this.broker.post({ subject, data, options: { reply, headers }, failed });
      this.timer ??= setInterval(() => this.look(), CHECK_INTERVAL_MS).unref();
    });
  }

  private listen(): void {
    if (this.listening) return;
    const callback = (_error: Error | null, message: Msg): void => this.arrived(message);
    const answers = `${inboxPrefix(this.broker.service)}.*.${this.session}.*`;
    this.broker.connection().subscribe(answers, { callback });
    this.listening = true;
  }

  private arrived(message: Msg): void {
    const waiting = this.taken(message.subject);
    if (!waiting) return;
    if (isNoResponder(message)) waiting.reject(new NoRespondersError(waiting.subject));
    else waiting.resolve(message);
  }

  private look(): void {
    const now = Date.now();
    for (const [reply, { deadline, reject }] of this.waiting) {
      if (deadline > now) continue;
      this.waiting.delete(reply);
      reject(new TimeoutError());
    }
    if (this.waiting.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private interrupt(): void {
    const all = [...this.waiting.values()];
    this.waiting.clear();
    for (const { interrupted, reject } of all) reject(new Refusal(interrupted, { cause: 'the connection broke' }));
  }

  private taken(reply: string): Waiting | undefined {
    const waiting = this.waiting.get(reply);
    this.waiting.delete(reply);
    return waiting;
  }
}
