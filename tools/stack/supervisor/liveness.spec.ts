import { Liveness } from './liveness';

describe('a process under watch', () => {
  const verdicts = (probes: string): boolean[] => {
    const liveness = new Liveness({ misses: 3, startMisses: 5 });
    return [...probes].map((probe) => liveness.frozenAfter(probe === '+'));
  };

  it('is frozen when it misses three probes in a row after it once answered', () => {
    expect(verdicts('+---')).toEqual([false, false, false, true]);
  });

  it('is not frozen when it misses single ones', () => {
    expect(verdicts('+--+--+-')).not.toContain(true);
  });

  it('is given more time while it runs: a busy machine is no reason to make it busier', () => {
    const liveness = new Liveness({ misses: 3, slowMisses: 6, startMisses: 5 });
    liveness.frozenAfter(true);
    const slow = Array.from({ length: 5 }, () => liveness.frozenAfter(false, false));
    expect(slow).not.toContain(true);
    expect(liveness.frozenAfter(false, false)).toBe(true);
    expect(liveness.frozenAfter(false, true)).toBe(true);
  });

  it('may take longer to start', () => {
    expect(verdicts('----+')).not.toContain(true);
    expect(verdicts('-----')).toEqual([false, false, false, false, true]);
  });
});
