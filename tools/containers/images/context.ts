import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const notCopied = /^(node_modules|\.git|\.nx|\.data|coverage|dist.*)$/;

/** Copies the checkout without what was installed or built, so that it stays what it is while images are built of it. */
export function copyCheckout(checkout: string, to: string): string {
  rmSync(to, { recursive: true, force: true });
  for (const entry of readdirSync(checkout).filter((name) => !notCopied.test(name))) {
    cpSync(join(checkout, entry), join(to, entry), { recursive: true });
  }
  return to;
}
