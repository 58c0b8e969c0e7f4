import { missingOf, packages } from './packages';

describe('packages of the system', () => {
  it('are missing unless they are wholly installed', () => {
    const listed = 'podman install ok installed\nrunc deinstall ok config-files\nmmdebstrap unknown ok not-installed';
    expect(missingOf(['podman', 'runc', 'mmdebstrap', 'catatonit'], listed)).toEqual([
      'runc',
      'mmdebstrap',
      'catatonit',
    ]);
    expect(missingOf(packages, '')).toEqual(packages);
  });
});
