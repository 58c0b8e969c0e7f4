import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** What `countries-list` (MIT) says of one country. */
export interface PackagedCountry {
  name: string;
  phone: number[];
  currency: string[];
}

/** The part of `sharp` that the pictures need. */
export interface Image {
  resize(width: number): Image;
  png(options: { palette: boolean; compressionLevel: number; effort: number }): Image;
  jpeg(options: { quality: number; mozjpeg: boolean }): Image;
  toBuffer(): Promise<Buffer>;
}
export type Sharp = (svg: Buffer, options: { density: number }) => Image;

interface Sources {
  packaged: Record<string, PackagedCountry>;
  isoCodes: string[];
  zoneTab: string;
  sharp: Sharp;
  flag: (iso: string) => Buffer;
}

/** Opens the packages in `folder`: they only serve this generator, so the product does not depend on them. */
export function openSources(folder: string): Sources {
  const load = createRequire(join(resolve(folder), 'package.json'));
  const list = load('countries-list') as { countries: Record<string, PackagedCountry> };
  const iso = load('i18n-iso-countries') as { getAlpha2Codes(): Record<string, string> };
  return {
    packaged: list.countries,
    // Kosovo's XK is a user-assigned code, not one of ISO 3166-1.
    isoCodes: Object.keys(iso.getAlpha2Codes()).filter((code) => code !== 'XK'),
    zoneTab: readFileSync('/usr/share/zoneinfo/zone.tab', 'utf8'),
    sharp: load('sharp') as Sharp,
    flag: (code) => readFileSync(load.resolve(`flag-icons/flags/4x3/${code.toLowerCase()}.svg`)),
  };
}
