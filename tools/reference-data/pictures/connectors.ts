import { box, circle, group, INK, PAPER, path, type Picture, svg } from './shapes';

type Pin = readonly [x: number, y: number, r: number];

const FACE = `fill="${PAPER}" stroke="${INK}" stroke-width="4" stroke-linejoin="round"`;
const PIN = `fill="${INK}" stroke="none"`;

const ROUND = circle(48, 48, 40);
const FLAT_TOP = path('M18 22h60a40 40 0 1 1-60 0z');
const COMBO = path('M27 8h42a30 30 0 0 1 8 46v20a16 16 0 0 1-16 16H35a16 16 0 0 1-16-16V54A30 30 0 0 1 27 8z');

const pins = (...list: Pin[]): string => group(PIN, ...list.map(([x, y, r]) => circle(x, y, r)));
const slots = (...list: string[]): string => group(PIN, ...list);

/** The pins of Type 1 and Type 2, whose smaller copies sit on top of the combined connectors. */
const TYPE_1: Pin[] = [
  [35, 36, 8],
  [61, 36, 8],
  [30, 56, 5],
  [66, 56, 5],
  [48, 66, 8],
];
const TYPE_2: Pin[] = [
  [38, 33, 5],
  [58, 33, 5],
  [27, 49, 7],
  [48, 49, 7],
  [69, 49, 7],
  [37, 67, 7],
  [59, 67, 7],
];
const upper = (list: Pin[]): Pin[] => list.map(([x, y, r]) => [48 + (x - 48) * 0.7, 34 + (y - 50) * 0.62, r * 0.65]);
const DC: Pin[] = [
  [36, 74, 9],
  [60, 74, 9],
];

/** The front of each connector, by the file name that the catalogue gives it. */
const FRONTS: Readonly<Record<string, readonly [face: string, contacts: string]>> = {
  'connectors/Type 1.png': [ROUND, pins(...TYPE_1)],
  'connectors/Type 2.png': [FLAT_TOP, pins(...TYPE_2)],
  'connectors/Type 3.png': [
    path('M48 8c26 0 40 16 40 40S74 88 48 88 8 72 8 48 22 8 48 8z'),
    pins([48, 26, 7], [27, 40, 7], [69, 40, 7], [34, 62, 7], [62, 62, 7], [42, 46, 4], [54, 46, 4]),
  ],
  'connector/CCS1.png': [COMBO, pins(...upper(TYPE_1), ...DC)],
  'connectors/CCS2.png': [COMBO, pins(...upper(TYPE_2), ...DC)],
  'connectors/CHAdeMO.png': [
    ROUND,
    pins([27, 48, 11], [69, 48, 11], [43, 24, 4], [53, 24, 4], [48, 33, 4], [43, 72, 4], [53, 72, 4], [48, 63, 4]),
  ],
  'connectors/NACS.png': [
    path('M48 8c24 0 36 12 34 32L74 68c-4 14-14 20-26 20s-22-6-26-20L14 40C12 20 24 8 48 8z'),
    pins([34, 36, 11], [62, 36, 11], [34, 61, 5], [62, 61, 5], [48, 68, 7]),
  ],
  'connectors/GBT AC.png': [
    FLAT_TOP,
    pins([38, 33, 4], [58, 33, 4], [27, 50, 6], [48, 50, 8], [69, 50, 6], [37, 68, 6], [59, 68, 6]),
  ],
  'connectors/GBT DC.png': [
    ROUND,
    pins([29, 40, 10], [67, 40, 10], [42, 20, 4], [54, 20, 4], [48, 40, 4], [32, 64, 5], [64, 64, 5], [48, 64, 8]),
  ],
  'connectors/MCS.png': [
    path('M48 6c8 0 13 4 17 11l22 42c8 15-1 31-17 31H26C10 90 1 74 9 59l22-42C35 10 40 6 48 6z'),
    pins([34, 68, 12], [62, 68, 12], [48, 44, 7], [42, 27, 4], [54, 27, 4]),
  ],
  'connectors/Schuko.png': [
    ROUND,
    pins([33, 48, 7], [63, 48, 7]) + slots(box(43, 8, 10, 11, 2), box(43, 77, 10, 11, 2)),
  ],
  'connectors/Type E.png': [ROUND, pins([33, 54, 7], [63, 54, 7], [48, 27, 6])],
  'connectors/Type G.png': [
    box(10, 10, 76, 76, 14),
    slots(box(42, 22, 12, 20, 2), box(20, 58, 20, 11, 2), box(56, 58, 20, 11, 2)),
  ],
  'connectors/NEMA 5-15.png': [ROUND, slots(box(29, 27, 8, 24, 2), box(59, 27, 8, 24, 2), circle(48, 68, 8))],
  'connectors/NEMA 14-50.png': [
    ROUND,
    slots(box(22, 38, 8, 24, 2), box(66, 38, 8, 24, 2), path('M37 68h8v10h12v8H37z'), circle(48, 26, 8)),
  ],
  'connectors/CEE Red.png': [
    ROUND,
    pins([48, 70, 8], [27, 55, 6], [35, 31, 6], [61, 31, 6], [69, 55, 6]) + slots(box(42, 84, 12, 8, 2)),
  ],
  'connectors/CEE Blue.png': [ROUND, pins([48, 68, 8], [29, 38, 6], [67, 38, 6]) + slots(box(42, 84, 12, 8, 2))],
};

/** Every connector's icon. */
export function connectorIcons(): Record<string, Picture> {
  const drawn = Object.entries(FRONTS).map(([file, [face, contacts]]) => [
    file,
    { svg: svg(96, 96, group(FACE, face), contacts), width: 128 },
  ]);
  return Object.fromEntries(drawn) as Record<string, Picture>;
}
