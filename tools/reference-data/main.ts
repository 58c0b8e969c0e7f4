/**
 * Makes the committed reference data and pictures again. Run it by hand, from the root of the checkout; see README.md
 * beside this file for the command. Nothing of it runs in the product.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Country, countries } from './countries';
import { pictures } from './pictures';
import { openSources, type Sharp } from './sources';
import { parseZoneTab } from './zone-tab';

const COUNTRIES = 'apps/auth/src/countries/fixture/countries.json';
const ASSETS = 'apps/gateway/assets';
const FLAG_WIDTH = 96;

async function main(folder: string | undefined): Promise<void> {
  if (!folder) throw new Error('Say in which folder the packages are installed, see tools/reference-data/README.md');
  const sources = openSources(folder);
  const known = existsSync(COUNTRIES) ? (JSON.parse(readFileSync(COUNTRIES, 'utf8')) as Country[]) : [];
  const all = countries(sources.packaged, sources.isoCodes, parseZoneTab(sources.zoneTab), known);
  write(COUNTRIES, Buffer.from(`${JSON.stringify(all, null, 2)}\n`));
  for (const { iso } of all)
    write(`${ASSETS}/flags/${iso}.png`, await png(sources.sharp, sources.flag(iso), FLAG_WIDTH));
  for (const [path, picture] of Object.entries(pictures())) {
    const svg = Buffer.from(picture.svg);
    const drawn = path.endsWith('.jpeg')
      ? jpeg(sources.sharp, svg, picture.width)
      : png(sources.sharp, svg, picture.width);
    write(join(ASSETS, path), await drawn);
  }
}

// Drawn larger than needed, then scaled down: thin lines of a small flag stay visible.
function png(sharp: Sharp, svg: Buffer, width: number): Promise<Buffer> {
  return sharp(svg, { density: 144 }).resize(width).png({ palette: true, compressionLevel: 9, effort: 10 }).toBuffer();
}

function jpeg(sharp: Sharp, svg: Buffer, width: number): Promise<Buffer> {
  return sharp(svg, { density: 144 }).resize(width).jpeg({ quality: 82, mozjpeg: true }).toBuffer();
}

function write(path: string, content: Buffer): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

void main(process.argv[2]);
