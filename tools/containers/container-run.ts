import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { releaseLock, takeLock } from '../stack/lock';
import { places } from '../stack/places';
import { StackError } from '../stack/terminal';
import { basics } from '../stack/environment';
import { tryCommand } from './command';
import { ComposeSystem } from './compose/system';
import { Engine } from './engine/engine';
import { Builder } from './images/builder';
import { copyCheckout } from './images/context';
import { machineNpmSettings } from './images/npm-settings';
import { Platform } from './run/platform';

/** One go at everything: the sources as they were at its beginning, an engine of our own, and what was made with it. */
export class ContainerRun {
  private constructor(
    readonly checkout: string,
    readonly sources: string,
    readonly dockerfile: string,
    readonly engine: Engine,
    readonly builder: Builder,
    readonly platform: Platform,
    readonly compose: ComposeSystem,
    private readonly lock: string,
  ) {}

  /** @throws StackError when another one is under way in the checkout */
  static async open(checkout: string, folder = join(places(checkout).home, 'containers')): Promise<ContainerRun> {
    const root = resolve(folder);
    const lock = join(root, 'lock');
    const other = takeLock(lock);
    if (other) throw new StackError(`Containers of this checkout are tried already (process ${other.pid}).`);
    const engine = Engine.open(root);
    // What a run left that was killed.
    await engine.clear();
    const sources = copyCheckout(checkout, join(root, 'sources'));
    const npm = await machineNpmSettings(checkout);
    const builder = new Builder(engine, npm, await originOf(checkout));
    const dockerfile = readFileSync(join(sources, 'deploy/Dockerfile'), 'utf8');
    const platform = new Platform(engine, sources);
    return new ContainerRun(
      checkout,
      sources,
      dockerfile,
      engine,
      builder,
      platform,
      new ComposeSystem(engine, sources),
      lock,
    );
  }

  /** Leaves images for the next time, and nothing else. */
  async close(): Promise<void> {
    await this.engine.close();
    rmSync(this.sources, { recursive: true, force: true });
    releaseLock(this.lock);
  }
}

async function originOf(checkout: string) {
  const { version } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8')) as { version: string };
  const git = async (...args: string[]): Promise<string> => {
    const { code, out } = await tryCommand('git', args, { cwd: checkout, env: basics() }).catch(() => ({
      code: 1,
      out: '',
    }));
    return code === 0 ? out : 'unknown';
  };
  return { version, revision: await git('rev-parse', 'HEAD'), source: await git('remote', 'get-url', 'origin') };
}
