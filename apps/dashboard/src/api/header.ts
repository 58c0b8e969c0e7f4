/** What makes a repeated request have its effect once. */
export interface Header {
  readonly 'Idempotency-Key': string;
}
