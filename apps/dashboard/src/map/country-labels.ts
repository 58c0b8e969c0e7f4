import { divIcon, layerGroup, type LatLngBounds, type Map as LeafletMap, marker } from 'leaflet';
import { countryNames } from './country-names';

interface Labelled {
  readonly country: { readonly properties: unknown };
  /** Where the name is written. */
  readonly middle: LatLngBounds;
}

/** Pixels that a letter of a name takes, with room around the name. */
const LETTER_WIDTH = 9;

/** Writes the names of the countries in view that have room for them; what it returns writes them again. */
export function countryLabels(map: LeafletMap, language: string): (countries: readonly Labelled[]) => void {
  const names = layerGroup().addTo(map);
  const nameOf = countryNames(language);
  const roomOf = (middle: LatLngBounds): number =>
    map.latLngToLayerPoint(middle.getSouthEast()).x - map.latLngToLayerPoint(middle.getNorthWest()).x;
  return (countries) => {
    names.clearLayers();
    const view = map.getBounds();
    for (const { country, middle } of countries) {
      if (!view.contains(middle.getCenter())) continue;
      const name = nameOf((country.properties as { name: string }).name);
      const room = roomOf(middle);
      if (name !== undefined && room >= name.length * LETTER_WIDTH) labelOf(name, room, middle).addTo(names);
    }
  };
}

function labelOf(name: string, room: number, middle: LatLngBounds) {
  const html = document.createElement('bdi');
  html.textContent = name;
  html.setAttribute('aria-hidden', 'true');
  const icon = divIcon({ className: 'country', html, iconSize: [room, 16] });
  return marker(middle.getCenter(), { icon, interactive: false, keyboard: false, pane: 'shadowPane' });
}
