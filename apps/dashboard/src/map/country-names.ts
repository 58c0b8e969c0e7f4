/** Names of the outlines that `Intl` writes otherwise. */
const ALSO: Readonly<Record<string, string>> = {
  'United States of America': 'US',
  'Dem. Rep. Congo': 'CD',
  Congo: 'CG',
  'Central African Rep.': 'CF',
  'S. Sudan': 'SS',
  'Eq. Guinea': 'GQ',
  'W. Sahara': 'EH',
  'Dominican Rep.': 'DO',
  Turkey: 'TR',
  Macedonia: 'MK',
  'Bosnia and Herz.': 'BA',
  Myanmar: 'MM',
  "Côte d'Ivoire": 'CI',
  eSwatini: 'SZ',
  Palestine: 'PS',
};
const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

/** Names of countries in a language, by the English ones that the outlines have. */
export function countryNames(language: string): (english: string) => string | undefined {
  const options = { type: 'region', fallback: 'none' } as const;
  const english = new Intl.DisplayNames(['en'], options);
  const own = new Intl.DisplayNames([language], options);
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));
  const known = codes.flatMap((code): [string, string][] => {
    const name = english.of(code);
    return name === undefined ? [] : [[name, code]];
  });
  const byName = new Map([...known, ...Object.entries(ALSO)]);
  return (name) => {
    const code = byName.get(name);
    return code === undefined ? undefined : own.of(code);
  };
}
