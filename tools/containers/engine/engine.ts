import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basics } from '../../stack/environment';
import { command, type Ended, tryCommand } from '../command';
import { mountsBelow } from './mounts';
import { engineFolders, type EngineFolders, engineSettings, podmanScript } from './settings';

/** A podman of our own: its images stay in its folder, everything else is gone after `close`. */
export class Engine {
  readonly folders: EngineFolders;
  /** The program that others may call as podman. */
  readonly program: string;

  private constructor(root: string) {
    this.folders = engineFolders(root);
    this.program = join(root, 'podman');
  }

  static open(root: string): Engine {
    const engine = new Engine(root);
    for (const folder of Object.values<string>({ ...engine.folders }))
      mkdirSync(folder, { recursive: true, mode: 0o711 });
    const settings = join(root, 'containers.conf');
    writeFileSync(settings, engineSettings(engine.folders));
    writeFileSync(engine.program, podmanScript(engine.folders, settings));
    chmodSync(engine.program, 0o755);
    return engine;
  }

  /** Runs podman; answers what it printed. @throws StackError */
  podman(...args: string[]): Promise<string> {
    return command(this.program, args, { env: basics() });
  }

  /** Runs podman, which may fail. */
  tryPodman(...args: string[]): Promise<Ended> {
    return tryCommand(this.program, args, { env: basics() });
  }

  async inspect<T>(name: string, format: string): Promise<T> {
    return JSON.parse(await this.podman('inspect', name, '--format', `{{json ${format}}}`)) as T;
  }

  async has(image: string): Promise<boolean> {
    return (await this.tryPodman('image', 'exists', image)).code === 0;
  }

  /** What a container wrote so far. */
  async log(name: string): Promise<string> {
    return (await this.tryPodman('logs', name)).all;
  }

  /** Ends and removes all containers, networks, volumes and mounts. */
  async clear(): Promise<void> {
    await this.tryPodman('rm', '--all', '--force', '--time', '0', '--volumes');
    const networks = (await this.tryPodman('network', 'ls', '--quiet')).out
      .split('\n')
      .filter((name) => name !== 'podman');
    for (const name of networks.filter(Boolean)) {
      await this.tryPodman('network', 'rm', '--force', name);
      // The plugin of networks remembers the last address it gave, for ever.
      rmSync(join('/var/lib/cni/networks', name), { recursive: true, force: true });
    }
    await this.tryPodman('volume', 'rm', '--all', '--force');
  }

  async close(): Promise<void> {
    await this.clear();
    await this.unmount();
    for (const folder of [this.folders.run, this.folders.temporary]) rmSync(folder, { recursive: true, force: true });
  }

  /** The store is mounted onto itself while it is used; a build that was killed leaves its layers mounted as well. */
  private async unmount(): Promise<void> {
    const places = mountsBelow(this.folders.root, readFileSync('/proc/mounts', 'utf8'));
    for (const place of places) await tryCommand('umount', [place], { env: basics() });
  }
}
