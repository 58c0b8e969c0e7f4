import { harmlessName } from '@open-cpo/platform';
import { isEmail } from 'class-validator';
import { Unsendable } from './unsendable';

// Control characters and the marks that turn the direction of what follows: neither belongs in a name.
const UNWANTED = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** The values for a template, each on one line. */
export class Params {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  /** The value, or nothing. */
  get(name: string): string | undefined {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    return typeof value === 'string' ? value.replace(UNWANTED, ' ').trim().slice(0, 500) || undefined : undefined;
  }

  /** @throws Unsendable when it is missing */
  need(name: string): string {
    const value = this.get(name);
    if (value === undefined) throw new Unsendable(`The template needs the parameter ${name}`);
    return value;
  }

  /** A name that somebody has chosen, if it is harmless. Everything that people type goes into a letter by this. */
  name(name: string): string | undefined {
    return harmlessName(this.get(name) ?? '');
  }

  /** A text of ours: a number, an amount, a state; nothing when it is anything else. */
  fixed(name: string): string | undefined {
    const value = this.get(name);
    return value !== undefined && /^[\w*.,:+ -]{1,60}$/.test(value) ? value : undefined;
  }

  /** The host of an endpoint. */
  host(name: string): string | undefined {
    const value = this.get(name);
    return value !== undefined && /^[a-z\d.-]{1,253}(?::\d{1,5})?$/i.test(value) ? value : undefined;
  }

  /** An e-mail address. */
  email(name: string): string | undefined {
    const value = this.get(name);
    return value !== undefined && isEmail(value) ? value : undefined;
  }

  /** A web address. @throws Unsendable when it is anything else, as `javascript:` would be */
  link(name: string): string | undefined {
    const value = this.get(name);
    if (value !== undefined && !/^https?:\/\/[^\s"'<>]+$/.test(value))
      throw new Unsendable(`${name} is no web address`);
    return value;
  }
}
