import { setting } from '../environment';
import { StackError } from '../terminal';

const NAME = /^[a-z][a-z0-9]{0,29}$/;

/**
 * The charging back ends that get a credential of their own, as `CHARGING_BACK_ENDS` names them.
 * @throws StackError for what is no name
 */
export function backEndsOfSetting(list = setting('CHARGING_BACK_ENDS') ?? ''): string[] {
  const names = [...new Set(list.split(/[\s,]+/).filter(Boolean))];
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong === undefined) return names;
  throw new StackError(`CHARGING_BACK_ENDS: "${wrong}" is not up to 30 lower-case letters and digits.`);
}
