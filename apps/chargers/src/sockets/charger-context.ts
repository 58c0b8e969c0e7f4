import type { ChargerPolicy } from '@open-cpo/contracts';
import { ClockOffset, type Subprotocol } from '@open-cpo/ocpp';
import type { KnownCharger } from './connections.repository';
import { OutgoingCalls } from './outgoing-calls';

/** The charger at the other end of a socket, for whatever handles its messages. */
export class ChargerContext {
  readonly id: number;
  readonly accountId: number;
  readonly chargePointId: number;
  readonly identity: string;
  readonly timeZone: string;
  readonly clock: ClockOffset;
  readonly calls = new OutgoingCalls();
  policy: ChargerPolicy;
  private quirks: Record<string, number> = {};
  private onBoot?: () => void;

  constructor(
    readonly charger: KnownCharger,
    readonly generation: number,
    readonly protocol: Subprotocol,
  ) {
    this.id = charger.id;
    this.accountId = charger.account_id;
    this.chargePointId = charger.charge_point_id;
    this.identity = charger.identity;
    this.timeZone = charger.time_zone;
    this.policy = charger.policy;
    this.clock = new ClockOffset(charger.clock_offset_ms);
  }

  /** Calls back when the charger says that it has started. */
  whenBooted(listener: () => void): void {
    this.onBoot = listener;
  }

  booted(): void {
    this.onBoot?.();
  }

  /** Counts deviations from the protocol. */
  note(quirks: readonly string[]): void {
    for (const quirk of quirks) this.keepQuirks({ [quirk]: 1 });
  }

  /** Those that were taken and could not be written. */
  keepQuirks(counted: Readonly<Record<string, number>>): void {
    for (const [quirk, n] of Object.entries(counted)) this.quirks[quirk] = (this.quirks[quirk] ?? 0) + n;
  }

  /** What was counted since the last time. */
  takeQuirks(): Record<string, number> {
    const { quirks } = this;
    this.quirks = {};
    return quirks;
  }
}
