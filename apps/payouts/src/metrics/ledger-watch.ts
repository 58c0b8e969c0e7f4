import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Log, Metrics, type Reading } from '@open-cpo/platform';
import { LedgerProver } from '../operators/ledger-proof';

const HOUR = 60 * 60_000;
/** Replicas that start together do not read the whole ledger together. */
const FIRST = 10 * 60_000;

/** Proves the ledger every six hours, without being asked, and shows at `/metrics` whether it holds. */
@Injectable()
export class LedgerWatch implements OnApplicationBootstrap, OnModuleDestroy {
  private timer?: NodeJS.Timeout;
  private last?: { readonly holds: boolean; readonly at: number };

  constructor(
    private readonly prover: LedgerProver,
    private readonly log: Log,
    metrics: Metrics,
  ) {
    metrics.read({
      gauges: {
        open_cpo_ledger_proof_holds: 'Whether the ledger agreed with itself when it was last proved (1) or not (0).',
        open_cpo_ledger_proof_age_seconds: 'Time since it was last proved.',
      },
      read: () => this.readings(),
    });
  }

  onApplicationBootstrap(): void {
    this.timer = setTimeout(() => void this.prove(), Math.random() * FIRST).unref();
  }

  onModuleDestroy(): void {
    clearTimeout(this.timer);
  }

  /** Does it now. */
  async prove(): Promise<void> {
    clearTimeout(this.timer);
    try {
      const { discrepancy } = await this.prover.prove();
      this.last = { holds: discrepancy === '', at: Date.now() };
      if (discrepancy) this.log.error('The ledger does not agree', { discrepancy });
    } catch (error) {
      this.log.warn('The ledger could not be proved', { error });
    }
    this.timer = setTimeout(() => void this.prove(), 6 * HOUR).unref();
  }

  private readings(): Reading[] {
    if (!this.last) return [];
    const { holds, at } = this.last;
    const age = (Date.now() - at) / 1000;
    return [{ values: { open_cpo_ledger_proof_holds: Number(holds), open_cpo_ledger_proof_age_seconds: age } }];
  }
}
