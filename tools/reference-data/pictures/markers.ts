import { bolt, circle, path, type Picture, svg } from './shapes';

/** The map pins, one a status: the names are those that the GeoJSON answers give in `icon-image`. */
const COLOURS: Readonly<Record<string, string>> = {
  'pin-cp-available': '#16a34a',
  'pin-cp-busy': '#ea580c',
  'pin-cp-booked': '#2563eb',
  'pin-cp-out-of-service': '#6b7280',
};

/** Every map pin. */
export function markers(): Record<string, Picture> {
  const drawn = Object.entries(COLOURS).map(([name, colour]) => [
    `images/markers/${name}.png`,
    { svg: pin(colour), width: 72 },
  ]);
  return Object.fromEntries(drawn) as Record<string, Picture>;
}

function pin(colour: string): string {
  return svg(
    72,
    96,
    path(
      'M36 3C17 3 4 17 4 35c0 22 22 34 32 58 10-24 32-36 32-58C68 17 55 3 36 3z',
      `fill="${colour}" stroke="#fff" stroke-width="3"`,
    ),
    circle(36, 35, 22, 'fill="#ffffff"'),
    bolt(36, 35, 0.75, colour),
  );
}
