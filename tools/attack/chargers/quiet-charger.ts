import { SimulatedCharger } from '@open-cpo/testing';
import { pause } from '../../stack/processes';
import { residentOf } from '../cost/process-figures';
import type { AttackedCharger, ChargersTarget } from './chargers-under-attack';

/** Milliseconds between two messages of the charger that does as it should. */
const EVERY_MS = 100;

/** What the charger beside an attack saw of it. */
export interface Beside {
  readonly sent: number;
  readonly failures: number;
  /** Milliseconds that nine of ten of its messages took at most, and the longest. */
  readonly p90: number;
  readonly longest: number;
  /** MiB by which the service grew. */
  readonly grown: number;
}

/** A genuine charger that goes on with its work, over one connection, while others attack. */
export class QuietCharger {
  private constructor(
    private readonly attacked: ChargersTarget,
    private readonly socket: SimulatedCharger,
  ) {}

  static async connect(attacked: ChargersTarget, { identity, password }: AttackedCharger): Promise<QuietCharger> {
    const url = `ws://127.0.0.1:${attacked.port}/ocpp`;
    const socket = await SimulatedCharger.connect({ url, identity, password });
    await socket.boot();
    return new QuietCharger(attacked, socket);
  }

  /** Does the work of an attack, and sends messages meanwhile. */
  async during(work: () => Promise<unknown>): Promise<Beside> {
    const { pid } = this.attacked;
    const before = residentOf(pid());
    let [under, failures, most] = [true, 0, before];
    const times: number[] = [];
    const sending = (async (): Promise<void> => {
      for (; under; await pause(EVERY_MS)) {
        const began = performance.now();
        await this.socket.call('Heartbeat').catch(() => (failures += 1));
        times.push(performance.now() - began);
        most = Math.max(most, residentOf(pid()));
      }
    })();
    await work().finally(() => (under = false));
    await sending;
    times.sort((a, b) => a - b);
    const p90 = times[Math.floor(times.length * 0.9)] ?? 0;
    return { sent: times.length, failures, p90, longest: times.at(-1) ?? 0, grown: most - before };
  }

  get isOpen(): boolean {
    return this.socket.socket.readyState === this.socket.socket.OPEN;
  }

  close(): void {
    this.socket.terminate();
  }
}

export const besideText = ({ sent, failures, p90, longest, grown }: Beside): string =>
  `${failures} of ${sent} messages of another charger failed, nine of ten within ${p90.toFixed(0)} ms, the longest ${longest.toFixed(0)} ms; ${grown.toFixed(0)} MiB more`;
