import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * A value that goes along with work, however deep and however long. Before version 24, Node follows every promise of the
 * process as long as one is anywhere, which doubles what asynchronous code costs; so that ends with the last work that
 * has one.
 */
export class AsyncContext<T> {
  private readonly storage = new AsyncLocalStorage<T>();
  private inside = 0;

  /** The value that goes along with what is being done; what outlives the work it was given to may find none. */
  get value(): T | undefined {
    return this.storage.getStore();
  }

  /** Does `work` with a value. A promise that it answers with is the end of it. */
  run<R>(value: T, work: () => R): R {
    this.inside += 1;
    let result: R;
    try {
      result = this.storage.run(value, work);
    } catch (error) {
      this.left();
      throw error;
    }
    if (!(result instanceof Promise)) {
      this.left();
      return result;
    }
    return result.finally(() => this.left()) as R;
  }

  private left(): void {
    this.inside -= 1;
    if (this.inside === 0) this.storage.disable();
  }
}
