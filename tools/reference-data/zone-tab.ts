/** One row of the time zone database's `zone.tab`: a zone, its country and the coordinates of its principal place. */
export interface ZoneRow {
  iso: string;
  latitude: string;
  longitude: string;
  zone: string;
}

/** Reads `zone.tab`, leaving its comments out. The file is in the public domain. */
export function parseZoneTab(text: string): ZoneRow[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(row);
}

function row(line: string): ZoneRow {
  const [iso, coordinates, zone] = line.split('\t');
  const parts = /^([+-]\d+)([+-]\d+)$/.exec(coordinates ?? '');
  if (!iso || !zone || !parts) throw new Error(`Not a row of zone.tab: ${line}`);
  return { iso, zone, latitude: degrees(parts[1] ?? '', 2), longitude: degrees(parts[2] ?? '', 3) };
}

/**
 * ISO 6709 (`+DDMM[SS]`, `+DDDMM[SS]`) as decimal degrees, rounded down to five places and without trailing zeros:
 * this is how the documented samples were made from the same file (46 degrees 43 minutes is "46.71666" there).
 */
export function degrees(text: string, digits: 2 | 3): string {
  const sign = text.startsWith('-') ? -1 : 1;
  const number = text.slice(1);
  const [whole, minutes, seconds] = [
    number.slice(0, digits),
    number.slice(digits, digits + 2),
    number.slice(digits + 2),
  ];
  const total = sign * (Number(whole) * 3600 + Number(minutes) * 60 + Number(seconds));
  return String(Math.floor((total * 100_000) / 3600) / 100_000);
}
