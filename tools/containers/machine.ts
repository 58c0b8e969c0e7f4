import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { setting } from '../stack/environment';
import { debianRelease } from '../stack/servers/debian-packages';

/** What is looked at of a machine. */
export interface Machine {
  readonly release: string | undefined;
  readonly root: boolean;
  /** Bits of the capabilities that this process has. */
  readonly capabilities: bigint;
  /** The folder in which memory limits of containers are made can be written. */
  readonly cgroups: boolean;
  readonly podman: boolean;
  /** Whether packages of the system may be installed without having been asked for. */
  readonly mayInstall: boolean;
}

const SYS_ADMIN = 1n << 21n;

/** Why containers cannot be run on the machine, in words; nothing where they can. */
export function lacking(machine: Machine): string | undefined {
  if (machine.release === undefined) return 'this is not Debian, from whose packages the base and the engine are made';
  if (!machine.root) return 'this user is not root, and may neither install packages nor make cgroups';
  if ((machine.capabilities & SYS_ADMIN) === 0n) return 'this root may not mount (CAP_SYS_ADMIN is missing)';
  if (!machine.cgroups) return 'there are no cgroups to be written, so that memory cannot be limited';
  if (!machine.podman && !machine.mayInstall) return 'podman is not installed; npm run containers installs it';
  return undefined;
}

/** This machine. `mayInstall`: packages may be added to the system. */
export function thisMachine(mayInstall: boolean): Machine {
  return {
    release: debianRelease(),
    root: process.getuid?.() === 0,
    capabilities: capabilitiesIn(existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : ''),
    cgroups: ['/sys/fs/cgroup/memory', '/sys/fs/cgroup/cgroup.procs'].some(writable),
    podman: (setting('PATH') ?? '').split(':').some((folder) => existsSync(`${folder}/podman`)),
    mayInstall,
  };
}

/** The effective capabilities told by a `status` file of /proc. */
export const capabilitiesIn = (status: string): bigint =>
  BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`);

function writable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
