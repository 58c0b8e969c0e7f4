const GEO = 'application/geo+json';
const JSON_TYPE = 'application/json';

/** How much a type is wanted that `Accept` names: 0 to 1, 0 when it does not. */
export function wanted(accept: string, type: string): number {
  for (const part of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = part.split(';').map((text) => text.trim());
    if (name !== type) continue;
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    return quality >= 0 && quality <= 1 ? quality : 0;
  }
  return 0;
}

/** Whether a request asks for GeoJSON by name, and not less than for plain JSON. */
export function asksForGeoJson(accept = ''): boolean {
  const geo = wanted(accept, GEO);
  return geo > 0 && geo >= wanted(accept, JSON_TYPE);
}
