/**
 * How far a list is gone through. Among `few` rows all are looked at, by one plan for every search. In a `small` list
 * one or two characters are found anywhere, in a `large` one at the beginnings of words; three and more anywhere in
 * both, from the trigram index.
 */
export type Reach = 'few' | 'small' | 'large';

/**
 * The condition that a folded text contains what is searched for, which is a parameter. `strpos` is no condition for an
 * index, and its other side is folded once, not for each row.
 */
export const matches = (column: string, parameter: string, reach: Reach): string =>
  reach === 'few'
    ? `strpos(${column}, (select search_fold(${parameter}))) > 0`
    : `${column} like search_pattern(${parameter}, ${reach === 'small'})`;
