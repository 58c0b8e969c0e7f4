import { Refusal } from '@open-cpo/contracts';
import { ErrorCode, type Msg, type MsgHdrs, NatsError } from 'nats';
import type { Broker } from '../broker';
import { nobodyListens } from '../wire';
import type { Interrupted } from './timeouts';

/** Milliseconds between two looks at who has waited for too long: nobody is told later than this. */
const LOOK = 20;

export interface Request {
  readonly subject: string;
  readonly data: Uint8Array;
  readonly headers: MsgHdrs;
  /** Epoch milliseconds after which nobody waits any more. */
  readonly deadline: number;
  /** What it means when the connection breaks meanwhile. */
  readonly interrupted: Interrupted;
}

interface Waiting {
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
  private readonly waiting = new Map<string, Waiting>();
  private readonly inbox: string;
  private listening = false;
  private sent = 0;
  private timer?: NodeJS.Timeout;

  constructor(private readonly broker: Broker) {
    // As the library's inboxes, no stranger can guess it.
    this.inbox = `${broker.inbox()}.`;
    broker.whenDown(() => this.interrupt());
  }

  /** @throws NatsError when nobody listens, none answers in time or it is too large; Refusal when the connection breaks. */
  ask({ subject, data, headers, deadline, interrupted }: Request): Promise<Msg> {
    this.listen();
    const token = (this.sent += 1).toString(36);
    return new Promise((resolve, reject) => {
      this.waiting.set(token, { deadline, interrupted, resolve, reject });
      const failed = (error: unknown): void => this.taken(token)?.reject(error as Error);
      this.broker.post({ subject, data, options: { reply: this.inbox + token, headers }, failed });
      this.timer ??= setInterval(() => this.look(), LOOK).unref();
    });
  }

  private listen(): void {
    if (this.listening) return;
    const callback = (_error: Error | null, message: Msg): void => this.arrived(message);
    this.broker.connection().subscribe(`${this.inbox}*`, { callback });
    this.listening = true;
  }

  private arrived(message: Msg): void {
    const waiting = this.taken(message.subject.slice(this.inbox.length));
    if (!waiting) return;
    if (nobodyListens(message)) waiting.reject(NatsError.errorForCode(ErrorCode.NoResponders));
    else waiting.resolve(message);
  }

  private look(): void {
    const now = Date.now();
    for (const [token, { deadline, reject }] of this.waiting) {
      if (deadline > now) continue;
      this.waiting.delete(token);
      reject(NatsError.errorForCode(ErrorCode.Timeout));
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

  private taken(token: string): Waiting | undefined {
    const waiting = this.waiting.get(token);
    this.waiting.delete(token);
    return waiting;
  }
}
