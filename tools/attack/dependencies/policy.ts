/** Licences of what is shipped: they ask for attribution at most. */
export const SHIPPED: ReadonlySet<string> = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'Unlicense', 'Zlib', 'Python-2.0'],
]);

/**
 * Of what only builds and tests, these as well. MPL-2.0: tools that run unchanged (axe-core, lightningcss). OFL-1.1: fonts, which
 * may be bundled and sold with any software.
 */
export const BUILDING: ReadonlySet<string> = new Set([
  ...SHIPPED,
  ...['CC-BY-4.0', 'MIT/X11', 'WTFPL', 'MPL-2.0', 'OFL-1.1'],
]);

/** Packages that say nothing in their package.json, and what was found instead. None of them is shipped. */
export const STATED_ELSEWHERE: Readonly<Record<string, string>> = {
  // "License: MIT" in the Readme.
  'humanize-number': 'MIT',
  // The text of the MIT licence in the Readme.
  only: 'MIT',
  // Nothing in the package; its author's other packages of the time are MIT. A dependency of the tests' second reader
  // of workbooks, never shipped.
  buffers: 'MIT',
  // Parts of Newman. The text of the MIT licence in the Readme; "licenses" in place of "license" in the package.json.
  'stack-trace': 'MIT',
  httpntlm: 'MIT',
  // Part of ocpp-rpc. "Licensed under the MIT license" in its source.
  precond: 'MIT',
};

/** An advisory that is about something we have and is accepted, with the reason and when to look again. */
export interface Accepted {
  readonly advisory: string;
  readonly package: string;
  readonly why: string;
  /** Until this day. */
  readonly until: string;
}

/** None: an entry needs a reason that holds for the way in which the package is used here. */
export const ACCEPTED: readonly Accepted[] = [];

/** Overrides of package.json by name, with the reason. */
export const OVERRIDES: Readonly<Record<string, string>> = {
  '@nx/workspace': 'names Nx 23; the lint rule, for which alone it is there, works with Nx 24',
  'openapi-typescript': 'names TypeScript 5; it writes the same types with 6',
  typeorm: 'names ioredis 5 for a cache of queries that is not used',
};
