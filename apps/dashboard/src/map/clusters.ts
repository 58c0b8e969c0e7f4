export interface Place {
  readonly id: number;
  readonly title: string;
  readonly status: string;
  readonly latitude: number;
  readonly longitude: number;
}

export interface Cluster {
  readonly places: readonly Place[];
  readonly latitude: number;
  readonly longitude: number;
}

/** Pixels within which places are shown as one. */
const CELL = 56;

/** Places that would cover each other at this zoom, gathered; `project` gives the pixels of a place. */
export function clustersOf(places: readonly Place[], project: (place: Place) => { x: number; y: number }): Cluster[] {
  const cells = new Map<string, Place[]>();
  for (const place of places) {
    const { x, y } = project(place);
    const key = `${Math.floor(x / CELL)}:${Math.floor(y / CELL)}`;
    const cell = cells.get(key);
    if (cell) cell.push(place);
    else cells.set(key, [place]);
  }
  return [...cells.values()].map((inside) => ({
    places: inside,
    latitude: inside.reduce((sum, { latitude }) => sum + latitude, 0) / inside.length,
    longitude: inside.reduce((sum, { longitude }) => sum + longitude, 0) / inside.length,
  }));
}

/** Coordinates are not checked when they are entered: some are no place on earth, or none that a map in Mercator shows. */
export const isOnMap = (latitude: unknown, longitude: unknown): boolean => {
  const [lat, lng] = [Number(latitude ?? NaN), Number(longitude ?? NaN)];
  return Math.abs(lat) <= 85 && Math.abs(lng) <= 180;
};
