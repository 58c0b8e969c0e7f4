import { commands } from './commands';
import { help, helpOf, synopsis } from './help';

describe('the help for operators', () => {
  it('has a line for every command', () => {
    for (const command of commands) {
      expect(help()).toContain(`  ${synopsis(command)} `);
      expect(help()).toContain(command.summary);
    }
  });

  it.each(commands.map((command) => [command.name, command] as const))('says how %s is typed', (name, command) => {
    const text = helpOf(command);
    expect(text.split('\n')[0]).toBe(`npm run operator -- ${synopsis(command)}`);
    expect(text).toContain(command.summary);
    for (const value of command.takes) expect(text).toContain(`<${value}>`);
    for (const option of Object.keys(command.options ?? {})) expect(text).toContain(`--${option}`);
    expect(name).toMatch(/^[a-z-]+ [a-z]+$/);
  });

  it('says how it is typed where there is no checkout', () => {
    const [command] = commands;
    expect(help('operator')).toMatch(/^Usage: operator <command>/);
    expect(help('operator')).not.toMatch(/npm|checkout/);
    expect(command && helpOf(command, 'operator')).toMatch(/^operator [a-z]/);
    expect(help()).toMatch(/^Usage: npm run operator -- <command>[^]*this checkout/);
  });

  it('has each command once', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
  });

  it('requires no option that a command does not have', () => {
    for (const { required = [], options = {} } of commands) {
      expect(required.filter((name) => !Object.hasOwn(options, name))).toEqual([]);
    }
  });

  it('marks what may be left out', () => {
    const list = commands.find(({ name }) => name === 'dead-letters list');
    const lock = commands.find(({ name }) => name === 'account lock');
    expect(list && synopsis(list)).toBe('dead-letters list [--consumer <text>]');
    expect(lock && synopsis(lock)).toBe('account lock <id> --reason <text>');
  });
});
