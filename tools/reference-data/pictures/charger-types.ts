import { bolt, box, circle, GREEN, group, INK, PAPER, path, type Picture, svg } from './shapes';

const LINE = `fill="${PAPER}" stroke="${INK}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"`;

/** How many bolts each type shows (its speed class), and whether it is row-level security box or a cabinet. */
const TYPES: readonly (readonly [file: string, bolts: 1 | 2 | 3, cabinet: boolean])[] = [
  ['socket', 1, false],
  ['ac-wallbox', 2, false],
  ['ac-fast', 3, false],
  ['dc-fast', 1, true],
  ['dc-rapid', 2, true],
  ['dc-ultra', 3, true],
];

/** Every charger type's picture. */
export function chargerTypePictures(): Record<string, Picture> {
  const drawn = TYPES.map(([file, bolts, cabinet]) => [
    `charger-types/${file}.png`,
    { svg: svg(160, 160, cabinet ? cabinetFront() : wallBox(), ...boltRow(bolts, cabinet ? 74 : 86)), width: 192 },
  ]);
  return Object.fromEntries(drawn) as Record<string, Picture>;
}

function boltRow(count: number, y: number): string[] {
  const left = 80 - (count - 1) * 11;
  return Array.from({ length: count }, (_, index) => bolt(left + index * 22, y, 0.75, GREEN));
}

function wallBox(): string {
  return group(
    LINE,
    path('M112 96c24 0 24 44 0 44H80', 'fill="none"'),
    box(44, 24, 72, 92, 16),
    box(58, 38, 44, 20, 5),
    circle(80, 140, 6),
  );
}

function cabinetFront(): string {
  return group(
    LINE,
    path('M116 40c28 0 28 20 24 84-1 12-16 12-16 0V92', 'fill="none"'),
    box(44, 12, 72, 132, 10),
    box(56, 24, 48, 26, 5),
    path('M56 112h48M56 122h48M56 132h48M32 146h96'),
  );
}
