import { readFileSync } from 'node:fs';
import { countryNames } from './country-names';

describe('names of countries on the map', () => {
  it('are in the language of the page', () => {
    const [english, arabic] = [countryNames('en'), countryNames('ar')];
    expect([english('Algeria'), arabic('Algeria'), arabic('Turkey')]).toEqual(['Algeria', 'الجزائر', 'تركيا']);
    expect(arabic('Atlantis')).toBeUndefined();
  });

  it('are there for almost all outlines', () => {
    const file = require.resolve('world-atlas/countries-110m.json');
    const atlas = JSON.parse(readFileSync(file, 'utf8')) as {
      objects: { countries: { geometries: { properties: { name: string } }[] } };
    };
    const names = atlas.objects.countries.geometries.map(({ properties }) => properties.name);
    const nameOf = countryNames('ar');
    const missing = names.filter((name) => nameOf(name) === undefined);
    expect(names.length).toBeGreaterThan(170);
    expect(missing.length).toBeLessThan(8);
  });
});
