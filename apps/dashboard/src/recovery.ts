import { ref } from 'vue';
import type { Router } from 'vue-router';

/** The page of which a script did not load; a dialog offers to load it again. */
export const failedPath = ref<string>();

const KEY = 'open-cpo.loaded-again-for';
const ENTRY = /<script[^>]* src="([^"]+)"/;
const entryOf = (html: string): string | undefined => ENTRY.exec(html)?.[1];

/** The entry script of the version that the server has now, if it is another one than that of this page. */
export async function deployedVersion(get: typeof fetch = fetch): Promise<string | undefined> {
  const own = document.querySelector('script[type=module][src]')?.getAttribute('src');
  const response = await get('/', { cache: 'no-cache' }).catch(() => undefined);
  const entry = response?.ok ? entryOf(await response.text()) : undefined;
  return entry === own ? undefined : entry;
}

/**
 * Loads a page from the server after a script of it has failed, where a new version was deployed: files of the former one
 * are gone. A second time for the same version it does not, so that it cannot repeat itself. Answers whether it does.
 */
export async function loadNewVersion(path: string): Promise<boolean> {
  const version = await deployedVersion();
  if (version === undefined || sessionStorage.getItem(KEY) === version) return false;
  sessionStorage.setItem(KEY, version);
  location.assign(path);
  return true;
}

/** Recovers from pages whose script does not load: by the new version, else by a message with a retry. */
export function recoverNavigation(router: Router): void {
  router.onError(async (_error, to) => {
    if (!(await loadNewVersion(to.fullPath))) failedPath.value = to.fullPath;
  });
}
