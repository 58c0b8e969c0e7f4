/** One picture to be drawn: its SVG, and the width in pixels it is committed at. */
export interface Picture {
  svg: string;
  width: number;
}

/** The few colours that all pictures share, so that they look like one set. */
export const INK = '#1f2937';
export const PAPER = '#f8fafc';
export const GREEN = '#16a34a';

/** An SVG document of the given size in user units. */
export function svg(width: number, height: number, ...content: string[]): string {
  const box = `width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${box}>${content.join('')}</svg>`;
}

/** A circle; `style` holds further attributes, written as in SVG. */
export function circle(x: number, y: number, r: number, style = ''): string {
  return `<circle cx="${x}" cy="${y}" r="${r}" ${style}/>`;
}

/** A rectangle with rounded corners. */
export function box(x: number, y: number, width: number, height: number, radius: number, style = ''): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}" ${style}/>`;
}

/** A path from its commands. */
export function path(commands: string, style = ''): string {
  return `<path d="${commands}" ${style}/>`;
}

/** Several shapes that share their attributes. */
export function group(style: string, ...content: string[]): string {
  return `<g ${style}>${content.join('')}</g>`;
}

/** A lightning bolt of about 28 by 44 units around the given centre. */
export function bolt(x: number, y: number, scale: number, fill: string): string {
  const place = `transform="translate(${x} ${y}) scale(${scale})"`;
  return path('M4-22-14 4h10l-4 18L14-5H3z', `${place} fill="${fill}" stroke="none"`);
}
