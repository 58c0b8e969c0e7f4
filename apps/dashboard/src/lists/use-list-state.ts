import { computed } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { listStateOf, type ListState, queryOfList } from './url-state';

/** The state of the page's list, kept in its address. */
export function useListState(sortable: readonly string[] = [], first: Partial<ListState> = {}) {
  const route = useRoute();
  const router = useRouter();
  const state = computed(() => listStateOf(route.query, sortable, first));
  function change(changes: Partial<ListState>): void {
    // A new search or order begins with its first page.
    const page = changes.page ?? 1;
    void router.replace({ query: queryOfList({ ...state.value, ...changes, page }, first) });
  }
  return { state, change };
}
