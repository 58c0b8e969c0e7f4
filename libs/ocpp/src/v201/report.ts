import type { ConfigurationKey } from '../commands';
import { Fields } from '../v16/fields';
import { isObject, MAX_RESULTS, nameIn, objectsIn, textOf, MAX_VALUE } from './variables';

/** `NotifyReport`, read: a part of what a charger was asked to report. */
export interface Report {
  /** Of the command that asked for it. */
  readonly request?: number;
  /** Whether no part follows. */
  readonly last: boolean;
  /** At most 500. */
  readonly settings: readonly ConfigurationKey[];
}

/** Reads a `NotifyReport`; whatever it holds, it is never refused. */
export function reportIn(fields: Fields): Report {
  const tbc = fields.raw('tbc');
  const request = fields.integer('requestId');
  const settings = objectsIn(fields.raw('reportData')).slice(0, MAX_RESULTS).flatMap(settingIn);
  return { ...(request === undefined ? {} : { request }), last: tbc !== true && tbc !== 'true', settings };
}

/** Variables of an instance or an EVSE have no key here: a setting is that of a component as a whole. */
function settingIn(entry: Readonly<Record<string, unknown>>): ConfigurationKey[] {
  const key = nameIn(entry);
  const isPart = [entry.component, entry.variable].some(
    (one) => isObject(one) && (one.instance !== undefined || one.evse !== undefined),
  );
  const attributes = objectsIn(entry.variableAttribute);
  const actual = attributes.find(({ type }) => type === undefined || textOf(type, 50).toLowerCase() === 'actual');
  if (key === undefined || isPart || !actual) return [];
  const given = actual.value === undefined || actual.value === null ? {} : { value: textOf(actual.value, MAX_VALUE) };
  return [{ key, ...given, readonly: textOf(actual.mutability, 50).toLowerCase() === 'readonly' }];
}
