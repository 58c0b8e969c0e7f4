import { type Component, defineAsyncComponent } from 'vue';
import LazyFailed from './LazyFailed.vue';
import LoadingPanel from './LoadingPanel.vue';

const TRIES = 2;

/** A part of a page that is loaded when it is shown. What does not load is said in its place; the page goes on. */
export const lazy = <Part extends Component>(load: () => Promise<Part | { default: Part }>) =>
  defineAsyncComponent({
    loader: load as () => Promise<Component>,
    loadingComponent: LoadingPanel,
    errorComponent: LazyFailed,
    onError: (_error, retry, fail, attempts) => (attempts < TRIES ? retry() : fail()),
  }) as unknown as Part;
