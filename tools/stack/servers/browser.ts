import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { basics, setting } from '../environment';
import { alone } from '../lock';
import { step } from '../terminal';
import { DebianPackages, debianRelease } from './debian-packages';

/** Chromium, with what it needs to run. */
export interface Browser {
  readonly path: string;
  readonly env: Record<string, string>;
}

const PACKAGES = ['chromium', 'fonts-dejavu-core'];

/** The Chromium of the machine, else Debian's, unpacked into the folder of the packages; undefined where neither can be had. */
export async function findBrowser(folder: string): Promise<Browser | undefined> {
  const packages = new DebianPackages(folder);
  const found = (): Browser | undefined => ofMachine() ?? unpacked(packages.root);
  const release = debianRelease();
  if (found() ?? !release) return found();
  try {
    await step('Fetching chromium from Debian', () =>
      alone(join(folder, 'lock'), async () => {
        if (!found()) packages.install(release, PACKAGES);
      }),
    );
  } catch {
    // Reported by the tests that need it.
  }
  return found();
}

/** The variables by which tests find the browser; none where it cannot be had, which the tests say. */
export async function browserVariables(folder: string): Promise<Record<string, string>> {
  const browser = await findBrowser(folder);
  return browser ? { TEST_CHROMIUM: browser.path, TEST_CHROMIUM_ENV: JSON.stringify(browser.env) } : {};
}

function ofMachine(): Browser | undefined {
  if (setting('PRIVATE_SERVERS') === '1') return undefined;
  const path = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((one) =>
    existsSync(one),
  );
  return path ? { path, env: {} } : undefined;
}

function unpacked(root: string): Browser | undefined {
  const path = join(root, 'usr/lib/chromium/chromium');
  if (!existsSync(path)) return undefined;
  const folders = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].flatMap((machine) => [
    join(root, 'usr/lib', machine),
    join(root, 'lib', machine),
    // Libraries that look for their own parts beside themselves, which LD_LIBRARY_PATH comes before.
    join(root, 'usr/lib', machine, 'pulseaudio'),
  ]);
  const libraries = folders.filter((folder) => existsSync(folder));
  return { path, env: { ...basics(), LD_LIBRARY_PATH: libraries.join(':'), FONTCONFIG_FILE: fontsOf(root) } };
}

/** The packages' configuration of fonts names folders of the system's root. */
function fontsOf(root: string): string {
  const folder = join(root, 'etc/fonts');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'own.conf');
  const folders = [join(root, 'usr/share/fonts'), '/usr/share/fonts'].map((dir) => `<dir>${dir}</dir>`).join('');
  writeFileSync(
    file,
    `<?xml version="1.0"?><fontconfig>${folders}<cachedir>${root}/var/cache/fonts</cachedir></fontconfig>`,
  );
  return file;
}
