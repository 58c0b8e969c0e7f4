import { join } from 'node:path';

/** Folders of one engine; nothing of it is elsewhere, and no other container of the machine is seen by it. */
export interface EngineFolders {
  readonly root: string;
  readonly store: string;
  readonly run: string;
  readonly temporary: string;
  readonly networks: string;
  readonly volumes: string;
}

/** The folders below one. */
export const engineFolders = (root: string): EngineFolders => ({
  root,
  store: join(root, 'store'),
  run: join(root, 'run'),
  temporary: join(root, 'tmp'),
  networks: join(root, 'networks'),
  volumes: join(root, 'volumes'),
});

/** Settings of podman with which containers run on any machine that has cgroups, of either version, and no systemd. */
export const engineSettings = ({ temporary, networks, volumes }: EngineFolders): string => `[containers]
# Less than what machines allow themselves: raising it needs a capability that nested machines lack.
default_ulimits = ["nofile=8192:8192", "nproc=8192:8192"]
log_driver = "k8s-file"

[engine]
# crun refuses cgroups of both versions at once.
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
# Locks in shared memory would be those of the machine's own podman.
lock_type = "file"
tmp_dir = "${temporary}"
volume_path = "${volumes}"

[network]
network_backend = "cni"
network_config_dir = "${networks}"
`;

/** A program that is podman with the engine's own folders: for those that call podman themselves. */
export const podmanScript = (folders: EngineFolders, settingsFile: string): string => `#!/bin/sh
export CONTAINERS_CONF='${settingsFile}' TMPDIR='${folders.temporary}'
exec podman --root '${folders.store}' --runroot '${folders.run}' "$@"
`;
