import passwords from './common-passwords.json';

/**
 * The 3000 most common passwords of eight and more characters, from the list of @zxcvbn-ts/language-common 3.0.4
 * (MIT licence, © 2012-2016 Dan Wheeler and Dropbox, Inc.); shorter ones are refused for their length.
 */
const COMMON: ReadonlySet<string> = new Set(passwords);

/** Whether it is among the first that anybody would try. */
export const isCommon = (password: string): boolean => COMMON.has(password.toLowerCase());
