import { createVuetify } from 'vuetify';
import 'vuetify/styles';
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg';
import { createVueI18nAdapter } from 'vuetify/locale/adapters/vue-i18n';
import { useI18n } from 'vue-i18n';
import { i18n, rtlLocales } from './i18n';

const light = {
  background: '#f4f6f5',
  surface: '#ffffff',
  primary: '#0b6e4f',
  secondary: '#3d5a80',
  success: '#1b7a3d',
  warning: '#8a5a00',
  error: '#b3261e',
  info: '#1f5fa8',
};
/** Enough contrast for small texts, which Vuetify's own value has not. */
const variables = { 'medium-emphasis-opacity': 0.78 };
const dark = {
  background: '#0f1513',
  surface: '#18211e',
  'surface-bright': '#e3ebe6',
  primary: '#5fd3a8',
  secondary: '#9db9dd',
  success: '#6fdc8c',
  warning: '#f2c063',
  error: '#ff9d94',
  info: '#8fbcf5',
};

export const vuetify = createVuetify({
  theme: {
    defaultTheme: 'light',
    themes: { light: { dark: false, colors: light, variables }, dark: { dark: true, colors: dark, variables } },
  },
  icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
  locale: { adapter: createVueI18nAdapter({ i18n, useI18n }), rtl: rtlLocales() },
  defaults: {
    VCard: { rounded: 'lg', elevation: 0, border: true },
    VTextField: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto' },
    VSelect: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto' },
    VAutocomplete: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto' },
    VTextarea: { variant: 'outlined', density: 'comfortable', hideDetails: 'auto' },
    VSwitch: { color: 'primary', hideDetails: 'auto', inset: true },
    VBtn: { rounded: 'lg' },
    VDialog: { maxWidth: 640 },
  },
});
