/** What the kernel lets a process do. */
export interface Powers {
  readonly user: number;
  readonly capabilities: bigint;
  readonly noNewPrivileges: boolean;
  /** System calls are filtered. */
  readonly seccomp: boolean;
}

/** The powers of a process by its `/proc/<pid>/status`. */
export function powersIn(status: string): Powers {
  const field = (name: string): string => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '';
  return {
    user: Number(field('Uid')),
    capabilities: BigInt(`0x${field('CapEff') || '0'}`) | BigInt(`0x${field('CapBnd') || '0'}`),
    noNewPrivileges: field('NoNewPrivs') === '1',
    seccomp: field('Seccomp') === '2',
  };
}
