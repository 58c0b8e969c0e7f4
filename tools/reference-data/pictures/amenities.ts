import { box, circle, group, path, type Picture, svg } from './shapes';

const TILE = 'fill="#0f766e"';
const LINE = 'fill="none" stroke="#ffffff" stroke-width="5" stroke-linecap="round" stroke-linejoin="round"';
const DOT = 'fill="#ffffff" stroke="none"';

/** What each amenity's icon shows, in white lines on a tile of 96 by 96. */
const SIGNS: Readonly<Record<string, string>> = {
  wifi: path('M22 42a38 38 0 0 1 52 0M31 53a25 25 0 0 1 34 0M40 63a12 12 0 0 1 16 0') + circle(48, 73, 4, DOT),
  restaurant: path('M30 22v16a8 8 0 0 0 16 0V22M38 22v52M62 74V22c-9 4-12 16-10 28h10'),
  cafe: path('M24 40h40v16a18 18 0 0 1-18 18h-4a18 18 0 0 1-18-18zM64 44h4a8 8 0 0 1 0 16h-5M36 22v8M50 22v8'),
  restroom:
    circle(33, 27, 6) + circle(63, 27, 6) + path('M33 38v36M24 52l4-14h10l4 14M63 38l-11 22h22zM63 60v14M48 20v56'),
  parking: box(24, 20, 48, 56, 8) + path('M40 64V34h10a9 9 0 0 1 0 18H40'),
  shopping: path('M26 38h44l-4 36H30zM38 38v-6a10 10 0 0 1 20 0v6'),
  supermarket: path('M18 26h9l8 32h30l7-24H30') + circle(39, 70, 4) + circle(61, 70, 4),
  hotel: path('M20 28v44M20 62h56v10M76 62V50a8 8 0 0 0-8-8H42v20') + circle(31, 49, 5),
  playground: path('M28 26h40M28 26L18 74M28 26l10 48M68 26l-10 48M68 26l10 48M42 26v28M54 26v28M38 54h20'),
  park: path('M48 76V52M48 60l10-8M48 20a16 16 0 0 1 14 24 14 14 0 0 1-14 20 14 14 0 0 1-14-20 16 16 0 0 1 14-24z'),
  atm: box(20, 32, 56, 32, 5) + circle(48, 48, 7) + path('M28 48h2M66 48h2M30 22h36'),
  'prayer-room': path('M24 76V50c0-14 14-16 24-28 10 12 24 14 24 28v26zM40 76V62a8 8 0 0 1 16 0v14'),
  accessible: circle(46, 24, 5) + path('M46 36v20h16l8 18M46 45h14M38 48a15 15 0 1 0 20 20'),
  shelter: path('M18 44l30-20 30 20M28 44v30M68 44v30'),
  lighting: path('M48 18v6M26 30l4 4M70 30l-4 4M40 64c0-8-8-10-8-20a16 16 0 0 1 32 0c0 10-8 12-8 20zM42 74h12'),
  security: path('M48 20l24 8v18c0 16-10 26-24 32-14-6-24-16-24-32V28zM38 48l8 8 13-15'),
  'car-wash': path('M22 66v-8l6-14h40l6 14v8zM30 66v8M66 66v8M22 58h52M34 22v8M48 20v12M62 22v8'),
};

/** Every amenity's icon. */
export function amenityIcons(): Record<string, Picture> {
  const drawn = Object.entries(SIGNS).map(([name, sign]) => [
    `amenities/${name}.png`,
    { svg: svg(96, 96, box(2, 2, 92, 92, 20, TILE), group(LINE, sign)), width: 128 },
  ]);
  return Object.fromEntries(drawn) as Record<string, Picture>;
}
