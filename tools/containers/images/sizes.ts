import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../engine/engine';

/** What an image weighs in a registry, in bytes. */
export interface Size {
  readonly image: string;
  /** Of everything. */
  readonly whole: number;
  /** Of what is not in the base. */
  readonly own: number;
}

/** A layer as the store lists it. */
export interface StoredLayer {
  readonly 'diff-digest'?: string;
  readonly 'diff-size'?: number;
}

/** What layers weigh: those of the first image are compressed; what others have beside them is taken as it is. */
export class Scales {
  private readonly known = new Map<string, number>();

  constructor(private readonly engine: Engine) {}

  async weigh(image: string, base: string): Promise<Size> {
    const below = await this.layers(base);
    const all = await this.layers(image);
    if (this.known.size === 0) await this.compress(image, all);
    const unknown = all.filter((layer) => !this.known.has(layer));
    if (unknown.length > 0) this.add(uncompressed(this.listed(), unknown));
    return weighed(image, all, below, this.known);
  }

  private layers(image: string): Promise<string[]> {
    return this.engine.inspect(image, '.RootFS.Layers');
  }

  private listed(): StoredLayer[] {
    return JSON.parse(
      readFileSync(join(this.engine.folders.store, 'overlay-layers/layers.json'), 'utf8'),
    ) as StoredLayer[];
  }

  private add(sizes: ReadonlyMap<string, number>): void {
    sizes.forEach((size, layer) => this.known.set(layer, size));
  }

  private async compress(image: string, layers: readonly string[]): Promise<void> {
    const folder = join(this.engine.folders.temporary, 'pushed');
    await this.engine.podman('push', '--quiet', '--compress', '--format=v2s2', image, `dir:${folder}`);
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { layers: { size: number }[] };
    this.add(new Map(manifest.layers.map(({ size }, at) => [layers[at] ?? '', size])));
    rmSync(folder, { recursive: true });
  }
}

/** The sizes of layers before compression, which is the most that they can weigh. @throws Error for one that is not listed */
export function uncompressed(listed: readonly StoredLayer[], layers: readonly string[]): Map<string, number> {
  const sizes = new Map(listed.map((layer) => [layer['diff-digest'] ?? '', layer['diff-size'] ?? 0]));
  return new Map(
    layers.map((layer): [string, number] => {
      const size = sizes.get(layer);
      if (size === undefined) throw new Error(`The store does not list ${layer}.`);
      return [layer, size];
    }),
  );
}

/** The sums for one image. */
export function weighed(
  image: string,
  layers: readonly string[],
  below: readonly string[],
  sizes: ReadonlyMap<string, number>,
): Size {
  const sum = (some: readonly string[]): number => some.reduce((total, layer) => total + (sizes.get(layer) ?? 0), 0);
  return { image, whole: sum(layers), own: sum(layers.filter((layer) => !below.includes(layer))) };
}

/** Bytes as people read them. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
