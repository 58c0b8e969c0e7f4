import { withoutLast, withRegister } from './measurands';

describe('a list of measurands', () => {
  it('has the register first, once', () => {
    expect(withRegister('')).toBe('Energy.Active.Import.Register');
    expect(withRegister('Voltage, SoC')).toBe('Energy.Active.Import.Register,Voltage,SoC');
    expect(withRegister('Voltage,Energy.Active.Import.Register')).toBe('Energy.Active.Import.Register,Voltage');
  });

  it('is cut to what a charger takes, at the end of a measurand', () => {
    const list = withRegister('Voltage,'.repeat(200));
    expect(list.length).toBeLessThanOrEqual(500);
    expect(list).toMatch(/^Energy\.Active\.Import\.Register(,Voltage)+$/);
  });

  it('is shortened from its end', () => {
    expect(withoutLast('A,B,C')).toBe('A,B');
    expect(withoutLast('A')).toBe('');
  });
});
