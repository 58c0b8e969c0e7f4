import { performance } from 'node:perf_hooks';
import { compactOnceQuiet } from './compaction';

describe('memory of a process', () => {
  const collect = jest.fn() as unknown as NodeJS.GCFunction & jest.Mock;
  let busy = 1;

  beforeEach(() => {
    jest.useFakeTimers();
    jest
      .spyOn(performance, 'eventLoopUtilization')
      .mockImplementation(() => ({ idle: 1, active: 1, utilization: busy }));
  });
  afterEach(() => jest.useRealTimers());

  it('is compacted once, when the start is over and the process has little to do', () => {
    compactOnceQuiet(collect);
    compactOnceQuiet(collect);
    jest.advanceTimersByTime(10_000);
    expect(collect).not.toHaveBeenCalled();
    busy = 0.01;
    jest.advanceTimersByTime(10_000);
    expect(collect).toHaveBeenCalledTimes(1);
    expect(collect).toHaveBeenCalledWith(expect.objectContaining({ flavor: 'last-resort' }));
  });
});
