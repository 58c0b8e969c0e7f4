import type { LedgerProof } from '@open-cpo/contracts';
import { Log, Metrics } from '@open-cpo/platform';
import type { LedgerProver } from '../operators/ledger-proof';
import { LedgerWatch } from './ledger-watch';

describe('the ledger, watched', () => {
  const lines: string[] = [];
  const log = Log.to({ service: 'payouts', sink: { write: (line) => void lines.push(line) } });
  const proof = (discrepancy: string): LedgerProof => ({ transactions: 1, postings: 2, discrepancy });
  let metrics: Metrics;
  let answer: () => Promise<LedgerProof>;
  let watch: LedgerWatch;
  beforeEach(() => {
    lines.length = 0;
    metrics = new Metrics();
    watch = new LedgerWatch({ prove: () => answer() } as unknown as LedgerProver, log, metrics);
  });
  afterEach(() => watch.onModuleDestroy());

  const holds = async (): Promise<string | undefined> =>
    /^open_cpo_ledger_proof_holds (\d)/m.exec(await metrics.text())?.[1];

  it('says nothing before it was proved: no proof is not a bad one', async () => {
    expect(await holds()).toBeUndefined();
    expect(await metrics.text()).not.toMatch(/^open_cpo_ledger_proof_age_seconds/m);
  });

  it('holds when nothing was found', async () => {
    answer = () => Promise.resolve(proof(''));
    await watch.prove();
    expect(await holds()).toBe('1');
    expect(await metrics.text()).toMatch(/^open_cpo_ledger_proof_age_seconds \d/m);
  });

  it('does not hold when something was, and the log says what', async () => {
    answer = () => Promise.resolve(proof('transaction 7 sums to 1 instead of 0'));
    await watch.prove();
    expect(await holds()).toBe('0');
    expect(lines.join('')).toContain('transaction 7 sums to 1');
  });

  it('stays as it was when it cannot be proved now', async () => {
    answer = () => Promise.resolve(proof(''));
    await watch.prove();
    answer = () => Promise.reject(new Error('database away'));
    await watch.prove();
    expect(lines.join('')).toContain('The ledger could not be proved');
    expect(await metrics.text()).toMatch(/^open_cpo_ledger_proof_holds 1/m);
  });
});
