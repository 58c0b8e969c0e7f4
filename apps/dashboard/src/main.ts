import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import './styles.css';
// The order of Vuetify's layers: after that of the line above, and before any sheet of its components.
import 'vuetify/styles/layers';
import { session } from './api/session';
import { prefetchUser } from './api/user';
import App from './App.vue';
import { chooseLanguage, i18n, preferredLanguage } from './i18n';
import { loadNewVersion, recoverNavigation } from './recovery';
import { router } from './router';
import { useThemeSheet } from './theme-sheet';
import { vuetify } from './vuetify';

// The client retries by itself what may be retried, and the live feed tells what has changed.
const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 60_000, refetchOnWindowFocus: false } },
});

// What the first page needs is loaded together: its texts, its script, which the router asks for, and who the user is.
const texts = chooseLanguage(preferredLanguage());
if (session.token) prefetchUser(queryClient);
recoverNavigation(router);
const app = createApp(App).use(i18n).use(vuetify).use(VueQueryPlugin, { queryClient }).use(router);
try {
  await texts;
  useThemeSheet();
  app.mount('#app');
} catch (error) {
  const { pathname, search, hash } = location;
  // Without texts nothing can be shown but what `index.html` brings along.
  if (!(await loadNewVersion(pathname + search + hash))) document.getElementById('boot-failed')?.classList.add('shown');
  throw error;
}
