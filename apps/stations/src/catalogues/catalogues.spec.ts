import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { AMENITIES } from './amenities';
import { CHARGER_TYPES } from './charger-types';
import { CONNECTORS } from './connectors';

const ASSETS = join(__dirname, '../../../gateway/assets');
const missing = (files: readonly string[]) => files.filter((file) => !existsSync(join(ASSETS, file)));
const unused = (folder: string, files: readonly string[]) =>
  readdirSync(join(ASSETS, folder)).filter((file) => !files.includes(`${folder}/${file}`));

describe.each([
  ['connectors', CONNECTORS],
  ['amenities', AMENITIES],
  ['charger types', CHARGER_TYPES],
])('the catalogue of %s', (_, entries) => {
  it('numbers its entries from 1, each once', () => {
    expect(entries.map((entry) => entry.id)).toEqual(entries.map((_entry, index) => index + 1));
  });

  it('calls no two entries the same', () => {
    expect(new Set(entries.map((entry) => entry.name)).size).toBe(entries.length);
  });
});

describe('connectors', () => {
  it('hold the documented samples to the letter', () => {
    expect(CONNECTORS).toContainEqual({
      id: 3,
      name: 'Type 1 - J1772',
      icon: 'connectors/Type 1.png',
      type: '',
      max_power: 0,
    });
    expect(CONNECTORS).toContainEqual({
      id: 7,
      name: 'CSS - Type 1',
      icon: 'connector/CCS1.png',
      type: '',
      max_power: 0,
    });
  });

  it('hold the ids that the documented update sends', () => {
    expect(CONNECTORS.map((connector) => connector.id)).toEqual(expect.arrayContaining([1, 3]));
    expect(AMENITIES.map((amenity) => amenity.id)).toContain(1);
    expect(CHARGER_TYPES.map((type) => type.id)).toContain(2);
  });

  it('have an empty type and a power that is not negative', () => {
    expect(CONNECTORS.filter((connector) => connector.type !== '' || !(connector.max_power >= 0))).toEqual([]);
  });

  it('all have their icon, and no icon is left over', () => {
    const icons = CONNECTORS.map((connector) => connector.icon);
    expect(missing(icons)).toEqual([]);
    expect([...unused('connectors', icons), ...unused('connector', icons)]).toEqual([]);
  });
});

describe('amenities', () => {
  it('all have their icon, and no icon is left over', () => {
    const icons = AMENITIES.flatMap((amenity) => amenity.icon ?? []);
    expect(missing(icons)).toEqual([]);
    expect(unused('amenities', icons)).toEqual([]);
  });
});

describe('charger types', () => {
  it('have a current and a power', () => {
    expect(CHARGER_TYPES.filter((type) => !['AC', 'DC'].includes(type.current_type) || type.max_power <= 0)).toEqual(
      [],
    );
  });

  it('all have their picture, and no picture is left over', () => {
    const pictures = CHARGER_TYPES.map((type) => type.img);
    expect(missing(pictures)).toEqual([]);
    expect(unused('charger-types', pictures)).toEqual([]);
  });
});
