import type { Caller } from '@open-cpo/contracts';
import Bowser from 'bowser';

export const UNKNOWN_DEVICE = 'Unknown device';

/** Programs that are no browsers, by the first word of their `User-Agent`. */
const PROGRAMS: readonly (readonly [RegExp, string])[] = [
  [/\bokhttp\//i, 'Android app'],
  [/\bCFNetwork\//i, 'iOS app'],
  [/\bDart\//i, 'Mobile app'],
  [/^(node|undici|axios|curl|wget|python|go-http-client|java|postman|insomnia|php|ruby)/i, 'Program'],
];
const NAME = /^[A-Za-z][A-Za-z0-9 .+-]{0,30}$/;

/**
 * The family of a client's program, such as `Firefox on Windows`: names of a closed set, without versions, so that an
 * update is no new device and nothing that a client wrote reaches a mail.
 */
export function deviceOf({ userAgent }: Pick<Caller, 'userAgent'>): string {
  if (!userAgent) return UNKNOWN_DEVICE;
  const program = PROGRAMS.find(([pattern]) => pattern.test(userAgent))?.[1];
  if (program) return program;
  const parser = Bowser.getParser(userAgent, true);
  const [browser, system] = [parser.getBrowserName(), parser.getOSName()];
  if (!KNOWN.has(browser)) return UNKNOWN_DEVICE;
  return NAME.test(system) ? `${browser} on ${system}` : browser;
}

/** What the parser makes up from the header itself, where it knows no browser, is left out. */
const KNOWN: ReadonlySet<string> = new Set(Object.values(Bowser.BROWSER_MAP));
