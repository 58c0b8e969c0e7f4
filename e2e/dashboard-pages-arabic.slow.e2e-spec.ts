import { LOOKS, useBrowser } from './browser';
import { flawsOfPages, type Visit, visits } from './dashboard-visits';

const window = useBrowser();

describe('the pages of the dashboard in Arabic', () => {
  let all: Visit[];
  beforeAll(async () => (all = await visits()));

  it.each(LOOKS.filter(({ language }) => language === 'ar'))(
    'are accessible and fit: $theme, $width pixels',
    async (look) => {
      const flaws = all.map(async (visit) =>
        flawsOfPages(await window(look, visit.token), look, look.all ? visit.all : visit.main),
      );
      expect((await Promise.all(flaws)).flat()).toEqual([]);
    },
  );
});
