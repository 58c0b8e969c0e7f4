import { StackError } from '../terminal';
import { startOptions } from './options';

describe('npm start', () => {
  it('starts everything and keeps data when nothing is said', () => {
    expect(startOptions([])).toEqual({ except: [], fresh: false, shared: false });
  });

  it('begins anew with --fresh', () => {
    expect(startOptions(['--fresh']).fresh).toBe(true);
  });

  it('puts the apps into one process with --together', () => {
    expect(startOptions(['--together']).shared).toBe(true);
  });

  it('knows single apps, after a space or an equals sign', () => {
    expect(startOptions(['--only', 'stations']).only).toBe('stations');
    expect(startOptions(['--only=gateway']).only).toBe('gateway');
    expect(startOptions(['--except', 'auth', '--except', 'worker']).except).toEqual(['auth', 'worker']);
  });

  it.each([[['--only', 'billing']], [['--only']], [['--frehs']], [['stations']], [['--except=x']]])(
    'answers %j with the usage',
    (args) => {
      expect(() => startOptions(args)).toThrow(StackError);
      expect(() => startOptions(args)).toThrow(/Usage:[\s\S]*--only stations/);
    },
  );

  it('lists the apps when one is unknown', () => {
    expect(() => startOptions(['--only', 'billing'])).toThrow('There is no app "billing"; there are auth, stations,');
  });
});
