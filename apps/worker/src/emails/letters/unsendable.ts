/** An e-mail that cannot be written: no try will change that. */
export class Unsendable extends Error {
  override readonly name = 'Unsendable';
}
