import { computed, ref, shallowRef } from 'vue';
import { fieldMessages } from '../api/errors';
import type { Header } from '../api/header';

const stable = (values: unknown): string => JSON.stringify(values) ?? '';

/** The `Idempotency-Key` of each intent: the same for a retry of the same values, a new one for others. */
export class IntentKeys {
  private last: { readonly values: string; readonly key: string } | undefined;

  constructor(private readonly make: () => string = () => crypto.randomUUID()) {}

  keyOf(values: unknown): string {
    const text = stable(values);
    if (this.last?.values !== text) this.last = { values: text, key: this.make() };
    return this.last.key;
  }

  /** The intent has taken effect: the same values again are a new intent. */
  done(): void {
    this.last = undefined;
  }
}

/** The submission of a form: one at a time, with its key, its errors, and what was typed left alone. */
export function useSubmit<Values, Result>(
  act: (values: Values, headers: Header) => Promise<Result>,
  succeeded: (result: Result, values: Values) => unknown = () => undefined,
) {
  const pending = ref(false);
  const error = shallowRef<unknown>();
  const keys = new IntentKeys();
  async function submit(values: Values): Promise<void> {
    if (pending.value) return;
    pending.value = true;
    error.value = undefined;
    try {
      const result = await act(values, { 'Idempotency-Key': keys.keyOf(values) });
      keys.done();
      await succeeded(result, values);
    } catch (refused) {
      error.value = refused;
    } finally {
      pending.value = false;
    }
  }
  const messages = computed(() => fieldMessages(error.value));
  return { pending, error, messages, submit };
}
