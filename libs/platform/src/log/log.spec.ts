import { Log } from './log';
import { withLogFields } from './log-context';
import { prettyLine } from './pretty-line';

describe('the log', () => {
  let lines: string[];
  const make = (level = 'trace'): Log => Log.to({ service: 'shop', level, sink: { write: (l) => void lines.push(l) } });
  const entries = (): Record<string, unknown>[] => lines.map((line) => JSON.parse(line) as Record<string, unknown>);

  beforeEach(() => (lines = []));

  it('writes one JSON object a line, with time, level and service', () => {
    make().log('Opened', { door: 2 });
    expect(lines[0]?.endsWith('}\n')).toBe(true);
    expect(entries()).toEqual([
      { level: 'info', time: expect.stringMatching(/^\d{4}-.*Z$/), service: 'shop', door: 2, msg: 'Opened' },
    ]);
  });

  it('keeps a text with line breaks on one line', () => {
    make().log('a\nb');
    expect(lines[0]?.indexOf('\n')).toBe((lines[0]?.length ?? 0) - 1);
  });

  it('leaves out what is below its level', () => {
    const log = make('warn');
    log.log('no');
    log.debug('no');
    log.warn('yes');
    log.fatal('yes');
    expect(entries().map(({ level, msg }) => [level, msg])).toEqual([
      ['warn', 'yes'],
      ['fatal', 'yes'],
    ]);
  });

  it('carries the fields of the request in every line below it', async () => {
    const log = make();
    await withLogFields({ requestId: 'r1' }, async () => {
      await Promise.resolve();
      withLogFields({ operation: 'o' }, () => log.log('inner'));
      log.log('outer');
    });
    log.log('after');
    expect(entries().map(({ requestId, operation }) => [requestId, operation])).toEqual([
      ['r1', 'o'],
      ['r1', undefined],
      [undefined, undefined],
    ]);
  });

  it('makes children that carry fields of their own', () => {
    make().child({ part: 'relay', token: 'x' }).log('on');
    expect(entries()[0]).toMatchObject({ part: 'relay', token: '[redacted]', msg: 'on' });
  });

  it("understands Nest's calls: text, stack, context", () => {
    make().error('Failed', 'Error: x\n    at y', 'Router');
    expect(entries()[0]).toMatchObject({ msg: 'Failed', stack: 'Error: x\n    at y', context: 'Router' });
  });

  it('tells what Nest says about each module and route to those who debug only', () => {
    make('info').log('AppModule dependencies initialized', 'InstanceLoader');
    expect(lines).toEqual([]);
  });

  it.each([
    ['alone', (log: Log, error: Error) => log.error(error)],
    ['beside a text', (log: Log, error: Error) => log.error('boom', error)],
    ['as a field', (log: Log, error: Error) => log.error('boom', { error })],
  ])('writes an error %s with its type, code, stack and cause', (_how, write) => {
    const error = Object.assign(new TypeError('boom', { cause: new Error('why') }), { code: '23505' });
    write(make(), error);
    expect(entries()[0]).toMatchObject({
      msg: 'boom',
      error: {
        type: 'TypeError',
        message: 'boom',
        code: '23505',
        stack: expect.any(String),
        cause: { message: 'why' },
      },
    });
  });

  it('survives what has no end and what is no JSON', () => {
    const loop: Record<string, unknown> = { big: 10n, at: new Date(0), nothing: undefined, bytes: new Uint8Array(3) };
    loop.self = loop;
    make().log('odd', loop);
    expect(entries()[0]).toMatchObject({ big: '10', at: '1970-01-01T00:00:00.000Z', bytes: '[3 bytes]' });
  });

  it('shows a person time, level, context, text, values and the stack', () => {
    const error = { type: 'Error', stack: 'Error: x\n    at y' };
    const entry = {
      level: 'warn',
      time: '2026-01-02T03:04:05.678Z',
      service: 's',
      context: 'C',
      msg: 'hi',
      n: 1,
      error,
    };
    expect(prettyLine(JSON.stringify(entry))).toBe('03:04:05 warn  [C] hi n=1\nError: x\n    at y\n');
  });
});
