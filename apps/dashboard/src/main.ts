import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query';
import { createApp } from 'vue';
import './styles.css';
import App from './App.vue';
import { chooseLanguage, i18n, preferredLanguage } from './i18n';
import { router } from './router';
import { useThemeSheet } from './theme-sheet';
import { vuetify } from './vuetify';

// The client retries by itself what may be retried, and the live feed tells what has changed.
const queryClient = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 60_000, refetchOnWindowFocus: false } },
});

await chooseLanguage(preferredLanguage());
const app = createApp(App).use(i18n).use(vuetify).use(VueQueryPlugin, { queryClient }).use(router);
useThemeSheet();
app.mount('#app');
