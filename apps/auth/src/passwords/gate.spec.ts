import { Gate } from './gate';

const held = () => {
  let release = (): void => undefined;
  const done = new Promise<void>((resolve) => (release = resolve));
  return { done, release };
};

describe('a gate', () => {
  it('lets so many through at a time and all in the end', async () => {
    const gate = new Gate(2, 10);
    let [running, most] = [0, 0];
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    };
    await Promise.all(Array.from({ length: 12 }, () => gate.run(work)));
    expect([running, most]).toEqual([0, 2]);
  });

  it('sends away who comes on top', async () => {
    const gate = new Gate(1, 1);
    const { done, release } = held();
    const [first, second] = [gate.run(() => done), gate.run(() => done)];
    await expect(gate.run(() => done)).rejects.toMatchObject({ code: 'service_unavailable' });
    release();
    await Promise.all([first, second]);
  });

  it('goes on after work that failed', async () => {
    const gate = new Gate(1, 1);
    await expect(gate.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await gate.run(async () => 'yes')).toBe('yes');
  });
});
