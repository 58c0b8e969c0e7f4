import type { ChargerPolicy } from '@open-cpo/contracts';
import { ClockOffset, type Subprotocol } from '@open-cpo/ocpp';
import { type KnownCharger, proofOf } from './connections.repository';
import { OutgoingCalls } from './outgoing-calls';

/** The charger at the other end of a socket, for whatever handles its messages. */
export class ChargerContext {
  readonly id: number;
  readonly accountId: number;
  readonly chargePointId: number;
  readonly identity: string;
  readonly timeZone: string;
  readonly proof: string | null;
  readonly clock: ClockOffset;
  readonly calls = new OutgoingCalls();
  readonly pings: boolean;
  policy: ChargerPolicy;
  /** Most connections never need it. */
  private quirks?: Record<string, number>;
  /** Epoch milliseconds of its connection, or of the last time that it has started since. */
  startedAt = Date.now();
  /** Whether it has started in this connection: the answer may have set its clock. */
  hasBooted = false;

  constructor(
    charger: KnownCharger,
    readonly generation: number,
    readonly protocol: Subprotocol,
  ) {
    this.id = charger.id;
    this.accountId = charger.account_id;
    this.chargePointId = charger.charge_point_id;
    this.identity = charger.identity;
    this.timeZone = charger.time_zone;
    this.proof = proofOf(charger);
    this.pings = charger.server_pings;
    this.policy = charger.policy;
    this.clock = new ClockOffset(charger.clock_offset_ms);
  }

  /** The charger says that it has started. */
  booted(): void {
    this.startedAt = Date.now();
    this.hasBooted = true;
  }

  /** Counts deviations from the protocol. */
  note(quirks: readonly string[]): void {
    for (const quirk of quirks) this.keepQuirks({ [quirk]: 1 });
  }

  /** Those that were taken and could not be written. */
  keepQuirks(counted: Readonly<Record<string, number>>): void {
    for (const [quirk, n] of Object.entries(counted)) {
      const quirks = (this.quirks ??= {});
      quirks[quirk] = (quirks[quirk] ?? 0) + n;
    }
  }

  /** What was counted since the last time. */
  takeQuirks(): Record<string, number> {
    const { quirks = {} } = this;
    this.quirks = undefined;
    return quirks;
  }
}
