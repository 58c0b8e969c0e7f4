import { isTrouble, Output } from './output';

describe('what processes write', () => {
  it.each([
    ['a log line of level error', 'auth old │ {"level":"error","msg":"Event dead-lettered"}', true],
    ['one that could not start', '{"level":"fatal","msg":"Could not start"}', true],
    ['a warning', '{"level":"warn","msg":"A job failed and is tried again"}', false],
    ['a stack trace', 'TypeError: x is not a function', true],
    ['a number that is none', '{"level":"info","msg":"Waits NaN ms"}', true],
    ['a process that died', '! worker ended (SIGABRT); restarting in 500 ms', true],
    ['a word that only looks like it', '{"level":"info","msg":"BaNaNa"}', false],
    ['nothing', '', false],
  ])('tells %s', (_what, line, trouble) => {
    expect(isTrouble(line)).toBe(trouble);
  });

  it('is reported once', () => {
    const output = new Output();
    output.take('worker', '{"level":"info","msg":"Ready"}\n{"level":"error","msg":"No"}\n');
    expect(output.drain()).toEqual([{ process: 'worker', text: '{"level":"error","msg":"No"}' }]);
    expect(output.drain()).toEqual([]);
  });
});
