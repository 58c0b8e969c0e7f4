import { int, nullable, object, pattern, rule, text, url } from '../shape';

const percent = rule<number>(int, 'a percentage', (value) => value >= 0 && value <= 100);

/** A long export; `url` is null until there is a file. */
export const exportJob = object({
  /** Begins with its kind. */
  id: pattern(/^[a-z-]+-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
  kind: text,
  status: text,
  progress: percent,
  rows: nullable(int),
  url: nullable(url),
});
