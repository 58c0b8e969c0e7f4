import { canvas, control, geoJSON, latLngBounds, type LatLngBounds, type Map as LeafletMap, tileLayer } from 'leaflet';
import { feature } from 'topojson-client';
import { countryLabels } from './country-labels';
import { inTurns } from './in-turns';
import fine from 'world-atlas/countries-50m.json?url';
import coarse from 'world-atlas/countries-110m.json?url';

interface Settings {
  readonly tiles?: { readonly url: string; readonly attribution: string };
}
type Country = Extract<ReturnType<typeof feature>, { type: 'Feature' }>;
interface Outline {
  readonly country: Country;
  readonly bounds: LatLngBounds;
  /** Of the largest part: where the name is written. */
  readonly middle: LatLngBounds;
}
type Colors = () => { land: string; line: string };

/** From this zoom on, outlines are those of the larger file. */
const FINE_ZOOM = 5;

let settings: Promise<Settings> | undefined;
const outlines = new Map<string, Promise<readonly Outline[]>>();

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();

async function readOutlines(url: string): Promise<readonly Outline[]> {
  const world = (await json(url)) as Parameters<typeof feature>[0];
  const { geometries } = world.objects.countries as unknown as { geometries: Parameters<typeof feature>[1][] };
  const found: Outline[] = [];
  await inTurns(geometries, (one) => found.push(outlineOf(feature(world, one) as unknown as Country)));
  return found;
}

/** The outlines of a file, which is read once; one that did not arrive is asked for again. */
function outlinesOf(url: string): Promise<readonly Outline[]> {
  const found = outlines.get(url) ?? readOutlines(url);
  outlines.set(url, found);
  found.catch(() => outlines.delete(url));
  return found;
}

function outlineOf(country: Country): Outline {
  const { type, coordinates } = country.geometry as { type: string; coordinates: unknown[] };
  const parts = (type === 'MultiPolygon' ? coordinates.flat(1) : coordinates) as [number, number][][];
  const sizes = parts.map(boundsOf);
  const [first = boundsOf([])] = sizes;
  const middle = sizes.reduce((largest, one) => (widthOf(one) > widthOf(largest) ? one : largest), first);
  return { country, bounds: boundsOf(parts.flat()), middle };
}

const widthOf = (bounds: LatLngBounds): number => bounds.getEast() - bounds.getWest();

function boundsOf(points: readonly [number, number][]): LatLngBounds {
  let [west, south, east, north] = [180, 90, -180, -90];
  for (const [longitude, latitude] of points) {
    west = Math.min(west, longitude);
    east = Math.max(east, longitude);
    south = Math.min(south, latitude);
    north = Math.max(north, latitude);
  }
  return latLngBounds([south, west], [north, east]);
}

/** Tiles where the operator has named a server of them, else the outlines of countries. Returns a function that redraws them. */
export async function addBaseMap(map: LeafletMap, language: string, colors: Colors): Promise<() => void> {
  settings ??= json('/dashboard.json').catch(() => ({})) as Promise<Settings>;
  const { tiles } = await settings;
  if (!tiles) return addCountries(map, language, colors);
  control.attribution({ prefix: false }).addTo(map);
  tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 19 }).addTo(map);
  return () => undefined;
}

/** Draws the countries that are in view, and others when they come into view: all at once would block the page. */
function addCountries(map: LeafletMap, language: string, colors: Colors): () => void {
  const renderer = canvas({ padding: 0.5 });
  const style = () => ({ renderer, weight: 1, color: colors().line, fillColor: colors().land, fillOpacity: 1 });
  const writeNames = countryLabels(map, language);
  const drawn = geoJSON(undefined, { style, interactive: false } as never).addTo(map);
  let removed = false;
  let shown = '';
  let waiting: readonly Outline[] = [];
  let outlined: readonly Outline[] = [];
  async function draw(): Promise<void> {
    const wanted = map.getZoom() < FINE_ZOOM ? coarse : fine;
    if (shown !== wanted) {
      const all = await outlinesOf(wanted);
      // The map has moved on, or the page.
      if (removed || wanted !== (map.getZoom() < FINE_ZOOM ? coarse : fine)) return;
      shown = wanted;
      waiting = all;
      outlined = all;
      drawn.clearLayers();
    }
    const view = map.getBounds().pad(0.5);
    const inView = waiting.filter(({ bounds }) => view.intersects(bounds));
    waiting = waiting.filter((one) => !inView.includes(one));
    await inTurns(inView, ({ country }) => !removed && shown === wanted && drawn.addData(country));
    if (!removed) writeNames(outlined);
  }
  // Without outlines the places are still there.
  const attempt = (): void => void draw().catch(() => undefined);
  map.on('moveend', attempt).on('unload', () => (removed = true));
  attempt();
  return () => void drawn.setStyle(style as never);
}
