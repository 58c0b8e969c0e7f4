import fc from 'fast-check';
import { cardState } from './card.rules';

const TODAY = '2025-05-12';

describe('what a card is worth', () => {
  it.each([
    ['nobody has it', undefined, 'unknown'],
    ['its worker is gone, expired or not', { expire_at: '2025-05-13', removed: true }, 'removed'],
    ['tomorrow is its last day', { expire_at: '2025-05-13', removed: false }, 'known'],
    ['today is its last day', { expire_at: TODAY, removed: false }, 'known'],
    ['yesterday was its last day', { expire_at: '2025-05-11', removed: false }, 'expired'],
    ['nobody said how long it lasts', { expire_at: null, removed: false }, 'expired'],
  ])('when %s', (_, card, state) => {
    expect(cardState(card, TODAY)).toBe(state);
  });

  it('never comes back once its last day is over', () => {
    const day = fc
      .date({ min: new Date('1990-01-01'), max: new Date('2200-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, day, day, (expire_at, a, b) => {
        const [early, late] = a < b ? [a, b] : [b, a];
        const known = (on: string) => cardState({ expire_at, removed: false }, on) === 'known';
        return known(early) || !known(late);
      }),
    );
  });
});
