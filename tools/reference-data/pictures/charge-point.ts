import { bolt, box, circle, group, path, type Picture, svg } from './shapes';

const SKY = [
  '<defs>',
  '<linearGradient id="sky" x2="0" y2="1"><stop stop-color="#7dc4f0"/><stop offset="1" stop-color="#fdf3dc"/></linearGradient>',
  '<linearGradient id="body" x2="1"><stop stop-color="#ffffff"/><stop offset="1" stop-color="#d5dde6"/></linearGradient>',
  '<linearGradient id="car" x2="0" y2="1"><stop stop-color="#3b82c4"/><stop offset="1" stop-color="#1e5a94"/></linearGradient>',
  '</defs>',
  '<rect width="800" height="600" fill="url(#sky)"/>',
].join('');

const LANDSCAPE = [
  circle(640, 150, 56, 'fill="#fff7cf"'),
  path('M0 330c120-90 240-80 340-30s250 20 460-60v260H0z', 'fill="#9cc9a0"'),
  path('M0 390c160-70 300-40 420-10s250 0 380-50v210H0z', 'fill="#6fae7d"'),
  path('M0 470h800v130H0z', 'fill="#58616d"'),
  path('M0 470h800v12H0z', 'fill="#c9d0d8"'),
  path('M60 545h120M280 545h120M500 545h120M720 545h80', 'stroke="#eef1f4" stroke-width="7" fill="none"'),
].join('');

const CAR = [
  '<ellipse cx="585" cy="516" rx="205" ry="15" fill="#3d444d"/>',
  path('M396 500c-14-60 8-86 60-94 34-54 64-76 132-76 76 0 104 30 140 80 44 8 60 36 56 90z', 'fill="url(#car)"'),
  path('M480 404c26-38 48-52 92-53v53zM586 351c52 0 76 18 106 53H586z', 'fill="#d7ecf7"'),
  path('M586 412v70M612 430h26', 'stroke="#174a7c" stroke-width="4" fill="none"'),
  group('fill="#20262e" stroke="#9aa4b0" stroke-width="10"', circle(470, 500, 36), circle(706, 500, 36)),
  circle(430, 432, 12, 'fill="#f6f8fa" stroke="#174a7c" stroke-width="4"'),
].join('');

const STATION = [
  '<ellipse cx="220" cy="514" rx="110" ry="13" fill="#3d444d"/>',
  box(142, 488, 156, 24, 6, 'fill="#8b95a1"'),
  box(158, 168, 124, 324, 22, 'fill="url(#body)" stroke="#aab4bf" stroke-width="3"'),
  box(176, 192, 88, 74, 10, 'fill="#16323f"'),
  bolt(220, 229, 1.1, '#4ade80'),
  box(176, 284, 88, 10, 5, 'fill="#22c55e"'),
  circle(220, 350, 30, 'fill="#2b333d" stroke="#8b95a1" stroke-width="5"'),
  group('fill="#c9d2db"', circle(210, 341, 5), circle(230, 341, 5), circle(208, 358, 5), circle(232, 358, 5)),
  path(
    'M232 372c30 130 80 140 112 110s40-46 76-48',
    'stroke="#20262e" stroke-width="11" fill="none" stroke-linecap="round"',
  ),
].join('');

/** The picture of a power center that has none of its own. */
export function chargePointPhoto(): Record<string, Picture> {
  return { 'images/charge-point-1.jpeg': { svg: svg(800, 600, SKY, LANDSCAPE, CAR, STATION), width: 800 } };
}
