import { LoopDelay } from './loop-delay';

describe('the delay of the event loop', () => {
  it('is nothing to speak of after one long pause', () => {
    const delay = new LoopDelay();
    delay.saw(1000);
    expect(delay.value).toBe(200);
    for (let look = 0; look < 10; look += 1) delay.saw(0);
    expect(delay.value).toBeLessThan(25);
  });

  it('shows when pauses follow each other', () => {
    const delay = new LoopDelay();
    for (let look = 0; look < 20; look += 1) delay.saw(500);
    expect(delay.value).toBeGreaterThan(490);
  });

  it('is seen by looking again and again', () => {
    jest.useFakeTimers();
    let now = 0;
    const delay = new LoopDelay().watch(() => now);
    now = 50;
    jest.advanceTimersByTime(50);
    expect(delay.value).toBe(0);
    now = 350;
    jest.advanceTimersByTime(50);
    expect(delay.value).toBe(50);
    delay.stop();
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });
});
