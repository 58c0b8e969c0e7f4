const FORM = /^(-?)(\d{1,15})(?:\.(\d*))?$/;

/** Integers up to here are exact. */
const EXACT = Number.MAX_SAFE_INTEGER;
/** Powers of ten up to here are exact, too. */
const MAX_DIGITS = 22;
const POWERS = Array.from({ length: MAX_DIGITS + 1 }, (_, exponent) => 10 ** exponent);
const powerOf = (exponent: number): number => POWERS[exponent] as number;

/**
 * The product of two decimal texts with two decimals, half away from zero, by integers alone; nothing when it is too
 * long for that. Most amounts are not, and lists show many of them.
 */
export function productOf(a: string, b: string): string | undefined {
  const [one, other] = [read(a), read(b)];
  if (!one || !other) return undefined;
  const decimals = one.decimals + other.decimals;
  const product = one.digits * other.digits;
  if (decimals > MAX_DIGITS || product > EXACT / 100) return undefined;
  const cents = decimals < 2 ? product * powerOf(2 - decimals) : halfUp(product, powerOf(decimals - 2));
  const text = String(cents).padStart(3, '0');
  // "-0.00" is no amount.
  const sign = one.negative !== other.negative && cents > 0 ? '-' : '';
  return `${sign}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** A decimal as an integer and how many of its digits are behind the point. */
function read(text: string) {
  const found = FORM.exec(text);
  if (!found) return undefined;
  const [, sign, whole = '', digits = ''] = found;
  const part = digits.replace(/(?<!0)0+$/, '');
  return { negative: sign === '-', digits: Number(whole + part), decimals: part.length };
}

function halfUp(value: number, divisor: number): number {
  const rest = value % divisor;
  return (value - rest) / divisor + (rest * 2 >= divisor ? 1 : 0);
}
