import { powersIn } from './facts';

describe('the status of a process', () => {
  it('tells what it may do', () => {
    const status =
      'Name:\tnode\nUid:\t10001\t10001\t10001\t10001\nCapEff:\t0000000000000000\nCapBnd:\t0000000000000000\n' +
      'NoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t1\n';
    expect(powersIn(status)).toEqual({ user: 10001, capabilities: 0n, noNewPrivileges: true, seccomp: true });
  });

  it('tells of a process that may do everything', () => {
    const status = 'Uid:\t0\t0\nCapEff:\t0000000000000000\nCapBnd:\t00000000a80425fb\nNoNewPrivs:\t0\nSeccomp:\t0\n';
    expect(powersIn(status)).toEqual({
      user: 0,
      capabilities: 0xa80425fbn,
      noNewPrivileges: false,
      seccomp: false,
    });
  });
});
