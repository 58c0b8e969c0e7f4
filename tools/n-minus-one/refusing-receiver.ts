import { WebhookServer } from '../faults/load/receiver';

/** Milliseconds that are to lie between two tries at least: half of the first wait, which chance may shorten so far. */
const LEAST_WAIT_MS = 2400;

/** An owner's server that fails at the first try of each event. */
export class RefusingReceiver extends WebhookServer {
  /** When each event came, in milliseconds. */
  private readonly tries = new Map<string, number[]>();

  /** Events that came again too early, or never; those of before the last call are not counted again. */
  drain(): string[] {
    const all = [...this.tries];
    this.tries.clear();
    return all.flatMap(([id, times]) => retryProblems(id, times));
  }

  protected came(id: string): number {
    const times = this.tries.get(id) ?? [];
    this.tries.set(id, [...times, performance.now()]);
    return times.length === 0 ? 500 : 204;
  }
}

/** What is wrong with the times of the tries of one event, the first of which was refused. */
export function retryProblems(id: string, times: readonly number[]): string[] {
  if (times.length < 2) return [`event ${id} was not sent again`];
  return times.slice(1).flatMap((time, index) => {
    const wait = Math.round(time - (times[index] ?? 0));
    return wait < LEAST_WAIT_MS ? [`event ${id} was sent again after ${wait} ms`] : [];
  });
}
