import { choosePorts } from '../ports';
import { isRunning, type ProcessMark } from '../processes';
import { Fleet } from './fleet';
import { quickPace, tinyApp } from './tiny-app.spec-helper';

describe('a fleet of processes', () => {
  let output = '';
  let reported: ProcessMark[] = [];
  let fleet: Fleet;

  beforeEach(() => {
    output = '';
    fleet = new Fleet(
      (marks) => (reported = marks),
      (text) => (output += text),
      quickPace,
    );
  });

  afterEach(() => fleet.stop(() => true));

  const plans = async () => {
    const ports = await choosePorts(['auth', 'gateway']);
    return [tinyApp('auth', ports.auth), tinyApp('gateway', ports.gateway)];
  };

  it('is ready when all are, and tells which processes run', async () => {
    fleet.start(await plans());
    await fleet.ready(120_000);
    expect(reported).toHaveLength(2);
    expect(reported.every(isRunning)).toBe(true);
    expect(output).toContain('auth    │ up');
    expect(output).toContain('gateway │ up');
  });

  it('says who is not ready in time', async () => {
    const [auth] = await plans();
    const silent = { ...tinyApp('deaf', 1), args: ['-e', 'setInterval(() => {}, 1000)'] };
    fleet.start([auth ?? silent, silent]);
    await expect(fleet.ready(2_000)).rejects.toThrow(/^Not ready in time: .*deaf/);
  });

  it('stops who receives requests before who answers them', async () => {
    fleet.start(await plans());
    await fleet.ready(120_000);
    const marks = fleet.marks;
    await fleet.stop((name) => name === 'gateway');
    expect(marks.filter(isRunning)).toEqual([]);
    const drained = output.split('\n').filter((line) => line.includes('draining'));
    expect(drained).toEqual(['gateway │ draining', 'auth    │ draining']);
  });

  it('starts nothing any more once it is closed', async () => {
    fleet.close();
    fleet.start(await plans());
    expect(fleet.marks).toEqual([]);
  });
});
