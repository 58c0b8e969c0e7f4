import { computed, type WritableComputedRef } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { listStateOf, type ListState, otherQuery, queryOfList } from './url-state';

/** The state of the page's list, kept in its address. */
export function useListState(sortable: readonly string[] = [], first: Partial<ListState> = {}) {
  const route = useRoute();
  const router = useRouter();
  const state = computed(() => listStateOf(route.query, sortable, first));
  function change(changes: Partial<ListState>): void {
    // A new search or order begins with its first page.
    const page = changes.page ?? 1;
    const list = queryOfList({ ...state.value, ...changes, page }, first);
    void router.replace({ query: { ...otherQuery(route.query), ...list } });
  }
  return { state, change };
}

/** One filter of the page's list, kept in its address by its name; a value that is none of `allowed` is as if it were absent. */
export function useFilter<Value extends string>(
  name: string,
  allowed?: readonly Value[],
): WritableComputedRef<Value | undefined, string | null | undefined> {
  const route = useRoute();
  const router = useRouter();
  return computed({
    get: () => {
      const given = route.query[name];
      const text = typeof given === 'string' && given !== '' ? given.slice(0, 200) : undefined;
      return (allowed ? allowed.find((one) => one === text) : text) as Value | undefined;
    },
    set: (value) => {
      // What is filtered begins with its first page.
      const { page: _page, ...query } = route.query;
      void router.replace({ query: { ...query, [name]: value || undefined } });
    },
  });
}
