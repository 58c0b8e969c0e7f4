import { nextTick, onBeforeUnmount, type Ref, watch } from 'vue';

/**
 * Gives the focus back to what had it when a dialog opened, so that a keyboard goes on from there; to the `opener`, if what
 * had it is gone by then, as an entry of a menu is.
 */
export function useReturnFocus(open: Readonly<Ref<boolean>>, opener?: () => HTMLElement | undefined): void {
  let before: HTMLElement | undefined;
  function giveBack(): void {
    const element = before;
    before = undefined;
    if (!element) return;
    void nextTick(() => {
      const target = element.isConnected ? element : document.getElementById('main');
      target?.focus({ preventScroll: true });
    });
  }
  watch(
    open,
    (now) => {
      if (now) before = opener?.() ?? (document.activeElement as HTMLElement | undefined);
      else giveBack();
    },
    { immediate: true, flush: 'sync' },
  );
  onBeforeUnmount(giveBack);
}
