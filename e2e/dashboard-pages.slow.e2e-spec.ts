import type { Page } from 'playwright-core';
import { DESKTOP, LOOKS, settled, useBrowser } from './browser';
import { newOwner, PASSWORD } from './client';
import { flawsOfPages, type Visit, visits } from './dashboard-visits';

const window = useBrowser();

describe('the pages of the dashboard', () => {
  let all: Visit[];
  beforeAll(async () => (all = await visits()));

  it.each(LOOKS.filter(({ language }) => language === 'en'))(
    'are accessible and fit: $theme, $width pixels',
    async (look) => {
      const flaws = all.map(async (visit) =>
        flawsOfPages(await window(look, visit.token), look, look.all ? visit.all : visit.main),
      );
      expect((await Promise.all(flaws)).flat()).toEqual([]);
    },
  );

  it('fit at a zoom of 200 %', async () => {
    // A window of 1280 pixels shows half of them at this zoom.
    const wide = async ({ token, all: paths }: Visit): Promise<string[]> => {
      const page = await window({ ...DESKTOP, width: 640 }, token);
      const found: string[] = [];
      for (const path of paths) {
        await page.goto(path);
        await settled(page);
        const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        if (wider > 0) found.push(`${path} is wider by ${wider}`);
      }
      return found;
    };
    expect((await Promise.all(all.map(wide))).flat()).toEqual([]);
  });
});

describe('with the keyboard alone', () => {
  /** Presses Tab until what has the focus is called this. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate<string>(
        `(() => { const e = document.activeElement; const id = e?.id && document.querySelector('label[for="' + e.id + '"]');
          return (e?.getAttribute('aria-label') || (id && id.textContent) || e?.textContent || '').trim(); })()`,
      );
      if (name.test(focused)) return;
    }
    throw new Error(`Tab does not lead to ${name}.`);
  }

  it('an owner signs in, and adds and deletes a group', async () => {
    const { email } = await newOwner();
    const page = await window(DESKTOP);
    await page.goto('/groups');
    await tabTo(page, /^E-mail address/);
    await page.keyboard.type(email);
    await tabTo(page, /^Password/);
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Groups' }).waitFor();

    await page.keyboard.press('Tab');
    await tabTo(page, /^New group/);
    const outline = await page.evaluate<string>('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).not.toBe('none');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'New group' });
    await dialog.waitFor();
    await tabTo(page, /^Name/);
    await page.keyboard.type('Harbour');
    await page.keyboard.press('Enter');
    await page.getByRole('cell', { name: 'Harbour', exact: true }).waitFor();

    await dialog.waitFor({ state: 'detached' });
    await tabTo(page, /^Delete Harbour/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Its power centers remain.').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // The focus is back where the dialog was opened.
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByText('Its power centers remain.').waitFor();
    await tabTo(page, /^Delete$/);
    await page.keyboard.press('Enter');
    await page.getByText('There are no groups yet.').waitFor();
  });
});
