import { capabilitiesIn, lacking, type Machine, thisMachine } from './machine';

describe('a machine that is to run containers', () => {
  const able: Machine = {
    release: 'bookworm',
    root: true,
    capabilities: capabilitiesIn('Name:\tnode\nCapEff:\t000001ffffffffff\n'),
    cgroups: true,
    podman: true,
    mayInstall: false,
  };

  it('can when it has everything', () => {
    expect(lacking(able)).toBeUndefined();
    expect(lacking({ ...able, podman: false, mayInstall: true })).toBeUndefined();
  });

  it.each<[Partial<Machine>, RegExp]>([
    [{ release: undefined }, /not Debian/],
    [{ root: false }, /not root/],
    [{ capabilities: capabilitiesIn('CapEff:\t00000000a80425fb\n') }, /may not mount/],
    [{ capabilities: capabilitiesIn('') }, /may not mount/],
    [{ cgroups: false }, /no cgroups/],
    [{ podman: false }, /npm run containers installs it/],
  ])('says what it lacks: %o', (less, reason) => {
    expect(lacking({ ...able, ...less })).toMatch(reason);
  });

  it('is told of as it is', () => {
    expect(thisMachine(true)).toMatchObject({ mayInstall: true, root: process.getuid?.() === 0 });
  });
});
