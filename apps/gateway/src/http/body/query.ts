import { parseForm, QUERY_PAIRS } from './form';

type Query = Record<string, unknown>;

const UNREADABLE: Query = {};

/** Reads a query string. The router calls it and lets nothing be thrown: what has too many pairs or a malformed escape is marked. */
export function parseQuery(text: string): Query {
  if (text === '') return {};
  try {
    return parseForm(text, QUERY_PAIRS);
  } catch {
    return UNREADABLE;
  }
}

export const isUnreadable = (query: unknown): boolean => query === UNREADABLE;
