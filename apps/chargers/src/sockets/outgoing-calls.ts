import { randomUUID } from 'node:crypto';
import { type CallError, type CallResult, encodeCall } from '@open-cpo/ocpp';

/** Calls without an answer in time that are remembered: their answers may come all the same. */
const MAX_REMEMBERED = 20;

export type CallAnswer = CallResult | CallError;
/** How a call ended. */
export type CallOutcome = CallAnswer | { readonly kind: 'timed_out' } | { readonly kind: 'closed' };

/** A call that is sent. */
export interface OutgoingCall {
  readonly action: string;
  readonly payload: object;
  readonly timeoutMs: number;
  readonly send: (text: string) => void;
  /** Gets an answer that comes after the time. */
  readonly late: (answer: CallAnswer) => void;
}

interface Sent {
  readonly id: string;
  readonly call: OutgoingCall;
  readonly settle: (outcome: CallOutcome) => void;
}

/** What an answer belongs to. */
export interface Answered {
  readonly action: string;
  readonly late: boolean;
}

/** Our calls over one connection: the protocol has one under way at a time. */
export class OutgoingCalls {
  private open?: Sent;
  /** Most connections never need it. */
  private overdue?: Map<string, OutgoingCall>;
  private closed = false;

  /** @throws Error while another one is under way */
  call(call: OutgoingCall): { readonly id: string; readonly outcome: Promise<CallOutcome> } {
    if (this.open) throw new Error('A charger gets one call at a time.');
    const id = randomUUID();
    if (this.closed) return { id, outcome: Promise.resolve({ kind: 'closed' }) };
    const outcome = new Promise<CallOutcome>((resolve) => {
      const timer = setTimeout(() => this.expire(), call.timeoutMs).unref();
      const settle = (settled: CallOutcome): void => {
        clearTimeout(timer);
        this.open = undefined;
        resolve(settled);
      };
      this.open = { id, call, settle };
    });
    call.send(encodeCall(id, call.action, call.payload));
    return { id, outcome };
  }

  /** The call that an answer belongs to; nothing where there is none. */
  answer(answer: CallAnswer): Answered | undefined {
    const { open } = this;
    if (open?.id === answer.id) {
      open.settle(answer);
      return { action: open.call.action, late: false };
    }
    const call = this.overdue?.get(answer.id);
    if (!call) return undefined;
    this.overdue?.delete(answer.id);
    call.late(answer);
    return { action: call.action, late: true };
  }

  /** The connection has ended. */
  close(): void {
    this.closed = true;
    this.overdue?.clear();
    this.open?.settle({ kind: 'closed' });
  }

  private expire(): void {
    if (!this.open) return;
    const { id, call, settle } = this.open;
    const overdue = (this.overdue ??= new Map());
    const [oldest] = overdue.keys();
    if (overdue.size >= MAX_REMEMBERED && oldest !== undefined) overdue.delete(oldest);
    overdue.set(id, call);
    settle({ kind: 'timed_out' });
  }
}
