import { canvas, control, geoJSON, type Layer, type Map as LeafletMap, tileLayer } from 'leaflet';
import { feature } from 'topojson-client';
import countries from 'world-atlas/countries-50m.json?url';

interface Settings {
  readonly tiles?: { readonly url: string; readonly attribution: string };
}

let settings: Promise<Settings> | undefined;
let outlines: Promise<unknown> | undefined;

const json = async (url: string): Promise<unknown> => (await fetch(url)).json();

async function countryOutlines(): Promise<Parameters<typeof geoJSON>[0]> {
  outlines ??= json(countries);
  const world = (await outlines) as Parameters<typeof feature>[0];
  return feature(world, world.objects.countries as never);
}

/** Tiles where the operator has named a server of them, else the outlines of countries. Answers how to draw anew. */
export async function addBaseMap(map: LeafletMap, colors: () => { land: string; line: string }): Promise<() => void> {
  settings ??= json('/dashboard.json').catch(() => ({})) as Promise<Settings>;
  const { tiles } = await settings;
  if (tiles) {
    control.attribution({ prefix: false }).addTo(map);
    tileLayer(tiles.url, { attribution: tiles.attribution, maxZoom: 19 }).addTo(map);
    return () => undefined;
  }
  const renderer = canvas({ padding: 0.5 });
  const style = () => ({ renderer, weight: 1, color: colors().line, fillColor: colors().land, fillOpacity: 1 });
  const layer = geoJSON(await countryOutlines(), { style, interactive: false } as never);
  (layer as Layer).addTo(map);
  return () => void layer.setStyle(style as never);
}
