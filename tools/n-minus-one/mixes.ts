import { apps } from '../stack/apps';

export type Version = 'old' | 'new';

/** Which versions of the apps run side by side. */
export interface Mix {
  readonly name: string;
  readonly runs: (app: string) => readonly Version[];
}

const ALONE = ['gateway', 'worker'];
/** Each service has a number of its own, so that for any two of them some digit differs. */
const SERVICES = apps.map(({ name }) => name).filter((name) => !ALONE.includes(name));
const DIGITS = [0, 1, 2];

const where = (old: (app: string) => boolean): Mix['runs'] => {
  const of = (version: Version): readonly Version[] => [version];
  return (app) => of(old(app) ? 'old' : 'new');
};

/** The gateway is with one half of the services and the worker with the other. */
const hasDigit = (app: string, digit: number): boolean =>
  app === 'gateway' || (app !== 'worker' && (((SERVICES.indexOf(app) + 1) >> digit) & 1) === 1);

/**
 * What an upgrade and the way back can look like. For any two apps there is a mix in which the first is old and the second
 * new, and one the other way round.
 */
export const MIXES: readonly Mix[] = [
  { name: 'old version on the new schema', runs: where(() => true) },
  { name: 'new gateway, old worker and services', runs: where((app) => app !== 'gateway') },
  { name: 'new worker, old gateway and services', runs: where((app) => app !== 'worker') },
  { name: 'new gateway and worker, old services', runs: where((app) => !ALONE.includes(app)) },
  ...DIGITS.flatMap((digit): Mix[] => [
    { name: `half ${digit + 1} of the services old`, runs: where((app) => hasDigit(app, digit)) },
    { name: `half ${digit + 1} of the services new`, runs: where((app) => !hasDigit(app, digit)) },
  ]),
  { name: 'old gateway and worker, new services', runs: where((app) => ALONE.includes(app)) },
  { name: 'both versions of every app', runs: () => ['old', 'new'] },
  { name: 'new version', runs: where(() => false) },
  { name: 'old version again', runs: where(() => true) },
];
