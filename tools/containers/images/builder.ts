import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StackError } from '../../stack/terminal';
import type { Engine } from '../engine/engine';
import { type BuiltStep, builtSteps } from './build-log';
import type { NpmSettings } from './npm-settings';

/** What is told of images. */
export interface Origin {
  readonly version: string;
  readonly revision: string;
  readonly source: string;
}

export interface BuildOptions {
  /** A folder with the sources. */
  readonly context: string;
  readonly dockerfile: string;
  readonly tag: string;
  readonly target?: string;
  readonly args?: Record<string, string>;
  /** Everything is done again, whatever was built before. */
  readonly anew?: boolean;
}

/** All files get this time, so that the same sources become the same layers. */
const epoch = 1_700_000_000;

/** Builds images by podman without asking any registry of images. */
export class Builder {
  private readonly npmrc: string;

  constructor(
    private readonly engine: Engine,
    private readonly npm: NpmSettings,
    private readonly origin: Origin,
  ) {
    this.npmrc = join(engine.folders.root, 'npmrc');
    writeFileSync(this.npmrc, npm.text, { mode: 0o600 });
  }

  /** The image of an app, or by its target that of operators. */
  app(name: string, context: string, more: Partial<BuildOptions> = {}): Promise<BuiltStep[]> {
    const { version, revision, source } = this.origin;
    const labels = {
      VERSION: version,
      REVISION: revision,
      SOURCE: source,
      CREATED: new Date(epoch * 1000).toISOString(),
    };
    const what = name === 'operator' ? { target: 'operator', args: labels } : { args: { APP: name, ...labels } };
    return this.build({ context, dockerfile: 'deploy/Dockerfile', tag: `open-cpo/${name}`, ...what, ...more });
  }

  /** Answers what was done. @throws StackError */
  async build({ context, dockerfile, tag, target, args = {}, anew = false }: BuildOptions): Promise<BuiltStep[]> {
    const { code, all } = await this.engine.tryPodman(
      'build',
      // The format of Docker, because that of OCI knows no health checks.
      ...['--pull=never', '--format=docker', '--network=host', `--timestamp=${epoch}`],
      ...(anew ? ['--no-cache'] : []),
      ...this.npm.volumes.map((volume) => `--volume=${volume}`),
      `--secret=id=npmrc,src=${this.npmrc}`,
      ...Object.entries(args).map(([name, value]) => `--build-arg=${name}=${value}`),
      ...(target ? [`--target=${target}`] : []),
      ...[`--tag=${tag}`, `--file=${join(context, dockerfile)}`, context],
    );
    if (code !== 0) throw new StackError(`${tag} cannot be built:\n${all.split('\n').slice(-30).join('\n')}`);
    return builtSteps(all);
  }
}
