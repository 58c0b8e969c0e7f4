import type en from './locales/en';

/** The texts that each language has; those of Vuetify are its own. */
export type Messages = Omit<typeof en, '$vuetify'> & { $vuetify: object };
