import { isolated } from './isolated';
import type { Params } from './params';

/** First words of a letter. */
export const englishHello = (params: Params): string => {
  const name = params.name('name');
  return name ? `Hello ${name},` : 'Hello,';
};

export const arabicHello = (params: Params): string => {
  const name = params.name('name');
  return name ? `مرحبًا ${isolated(name)}،` : 'مرحبًا،';
};
