import { unwrap } from '@open-cpo/client';
import { useQuery } from '@tanstack/vue-query';
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Choice } from '../forms/field';
import { client } from './client';

interface Named {
  readonly id: number;
  readonly name: string;
}

/** What power centers are described with. It changes with releases only. */
function useCatalogue() {
  return useQuery({
    queryKey: ['catalogue'],
    queryFn: async () => (await unwrap(client.GET('/api/catalogue'))).results,
    staleTime: Infinity,
  });
}

/** Names of the catalogue's entries in the page's language, or the API's own for entries that are newer than the texts. */
export function useCatalogueTexts() {
  const i18n = useI18n();
  const text = (key: string, name: string): string => (i18n.te(key) ? i18n.t(key) : name);
  return {
    amenity: ({ id, name }: Named): string => text(`amenity.${id}`, name),
    chargerType: ({ id, name }: Named): string => text(`chargerType.${id}`, name),
    /** The names are of standards, and the same in every language. */
    connector: ({ name }: Named): string => name,
  };
}

export function useCatalogueChoices() {
  const { data } = useCatalogue();
  const texts = useCatalogueTexts();
  const choices = (rows: readonly Named[] | undefined, text: (row: Named) => string): Choice[] =>
    (rows ?? []).map((row) => ({ value: row.id, title: text(row) }));
  return {
    amenities: computed(() => choices(data.value?.amenities, texts.amenity)),
    chargerTypes: computed(() => choices(data.value?.charger_types, texts.chargerType)),
    connectors: computed(() => choices(data.value?.connectors, texts.connector)),
  };
}
