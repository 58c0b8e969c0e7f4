/** Milliseconds without an answer after which a second replica is asked, too: the first one may be frozen. */
const HEDGE = 1000;
/** Milliseconds to wait after a failure, spread by chance. */
const SOONEST = 20;
const SPREAD = 100;

export interface SecondTry<T> {
  readonly ask: () => Promise<T>;
  /** Whether a failure means that nothing happened and somebody else may know better. */
  readonly worthwhile: (error: unknown) => boolean;
  /** Whether there may be a hedged request now; asked once it would be made. */
  readonly may: () => boolean;
}

/**
 * Asks, and at most once more: a moment after a failure, or beside the first when that stays without an answer. The
 * first answer counts, whoever gives it. For what may be asked twice without harm, and for nothing else.
 */
export function hedgedRequest<T>({ ask, worthwhile, may }: SecondTry<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    let underWay = 0;
    let tries = 0;
    const run = (): void => {
      underWay += 1;
      tries += 1;
      ask().then(answered, failed);
    };
    const again = (): boolean => tries === 1 && may();
    const hedge = setTimeout(() => again() && run(), HEDGE);
    const answered = (answer: T): void => {
      clearTimeout(hedge);
      resolve(answer);
    };
    const failed = (error: Error): void => {
      underWay -= 1;
      // The other try is still out: its answer is the answer.
      if (underWay > 0) return;
      clearTimeout(hedge);
      if (worthwhile(error) && again()) setTimeout(run, SOONEST + Math.random() * SPREAD);
      else reject(error);
    };
    run();
  });
}
