import { watch } from 'vue';
import { vuetify } from './vuetify';

/**
 * Vuetify writes its theme into an element with this id, which is inert in `index.html`: the content policy allows no
 * inline style. A constructed style sheet, which the policy does allow, carries the theme instead.
 */
export function useThemeSheet(): void {
  const sheet = new CSSStyleSheet();
  const element = document.getElementById('vuetify-theme-stylesheet');
  const write = (): void => sheet.replaceSync(element?.innerHTML ?? '');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  watch(vuetify.theme.global.name, write, { flush: 'post' });
  if (element) new MutationObserver(write).observe(element, { childList: true, characterData: true, subtree: true });
  write();
}
